using System.Text.Json;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Server.Schema;
using Kinora.Server.Security;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Videos;

/// <summary>The files of a video: whole, as links, as stills, and the pictures it was made from.</summary>
internal sealed class VideoFiles(GenerationService generation, IAssetStore assets, IMediaTool media, IRandomBytes random, MediaLinks links) : IApiRoutes
{
    /// <summary>Pixels of the longer side of a still: enough for any screen, small enough inside JSON.</summary>
    private const int LongestSide = 1_280;

    private const int MostStills = 10;

    private static readonly IReadOnlyList<string> _variants = ["video", "thumbnail", "spritesheet"];

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/api/videos/{id}/content", "getVideoContent", "The video file, its thumbnail or its spritesheet", ContentAsync)
        {
            Tag = VideoRoutes.Tag,
            Access = ApiAccess.Read,
            About = "Ranges, If-Range, If-None-Match and HEAD work; the ETag is the file's SHA-256.",
            Query = [Variant],
            Answer = ApiAnswer.File,
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.AssetMissing],
        },
        new("POST", "/api/videos/{id}/link", "linkVideo", "An address for players, good for a few minutes", LinkAsync)
        {
            Tag = VideoRoutes.Tag,
            Access = ApiAccess.Read,
            About = "It opens this one file, without a header, for whoever has it; it ends sooner when its user is disabled.",
            Body = new ApiBody(Variant) { Example = """{"variant":"video"}""" },
            Answer = MediaFile.LinkAnswer,
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady],
        },
        new("GET", "/api/videos/{id}/screenshots", "getVideoScreenshots", "Stills as base64, the true last frame among them", StillsAsync)
        {
            Tag = VideoRoutes.Tag,
            Access = ApiAccess.Read,
            Query = [new IntegerParam("count", int.MinValue, int.MaxValue) { Default = 3, ShowRange = false, About = "1 to 10; what is less or more is taken for the nearest" }],
            Answer = new ApiAnswer(
                Schema.Shape.Object(
                    ("video_id", Text), ("prompt", Text), ("frame_count", Integer),
                    ("frames", List(Schema.Shape.Object(("frame_number", Integer), ("is_final_frame", Flag), ("second", Number), ("data", Text))))),
                """{"video_id":"550e8400-e29b-41d4-a716-446655440000","prompt":"A cat","frame_count":1,"frames":[{"frame_number":1,"is_final_frame":true,"second":7.958,"data":"/9j/4AAQ"}]}"""),
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.AssetMissing, ErrorCodes.AssetInvalid],
        },
        new("GET", "/api/videos/{id}/reference-images", "getVideoReferences", "The pictures a video was made from, as base64", ReferencesAsync)
        {
            Tag = VideoRoutes.Tag,
            Access = ApiAccess.Read,
            Answer = new ApiAnswer(
                Schema.Shape.Object(("images", List(Schema.Shape.Object(("index", Integer), ("filename", Text), ("data", Text), ("mimeType", Text))))),
                """{"images":[{"index":0,"filename":"first_frame.png","data":"iVBORw0","mimeType":"image/png"}]}"""),
            Errors = [ErrorCodes.NotFound],
        },
    ];

    /// <summary>Any text: the original's own refusal is given for one that is none of them.</summary>
    private static TextParam Variant { get; } = new("variant") { Default = "video", MaxLength = 40, About = "video, thumbnail or spritesheet" };

    private async Task ContentAsync(ApiCall call)
    {
        var (job, asset) = await FindFileAsync(call);
        await MediaFile.SendAsync(call.Context, assets, job, asset);
    }

    private async Task LinkAsync(ApiCall call)
    {
        var (_, asset) = await FindFileAsync(call);
        await MediaFile.AnswerLinkAsync(call, links, asset);
    }

    private async Task StillsAsync(ApiCall call)
    {
        var job = await CompletedAsync(call);
        var video = job.Assets.First(a => a.Role == AssetRole.Video);
        var count = (int)Math.Clamp(call.Arguments.Integer("count"), 1, MostStills);
        var scratch = JobId.New(random);
        try
        {
            var path = await assets.LocalPathAsync(video, call.Cancel);
            var info = await media.ProbeVideoAsync(path, call.Cancel);
            var stills = await media.ExtractFramesAsync(path, info, count, LongestSide, assets.WorkFolder(scratch), call.Cancel);
            var pictures = await Task.WhenAll(stills.Select(s => File.ReadAllBytesAsync(s.Path, call.Cancel)));
            await call.AnswerAsync(json => WriteStills(json, job, stills, pictures));
        }
        finally
        {
            assets.ClearWork(scratch);
        }
    }

    private async Task ReferencesAsync(ApiCall call)
    {
        var job = await VideoRoutes.FindAsync(generation, call);
        var pictures = new List<(string Name, string Type, byte[] Bytes)>();
        foreach (var (name, picture) in VideoRow.References(job.Request))
        {
            pictures.Add((name, picture.MimeType, await File.ReadAllBytesAsync(await assets.PathAsync(picture, call.Cancel), call.Cancel)));
        }

        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("images");
            for (var i = 0; i < pictures.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("index", i);
                json.WriteString("filename", pictures[i].Name);
                json.WriteBase64String("data", pictures[i].Bytes);
                json.WriteString("mimeType", pictures[i].Type);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<(Job Job, Asset Asset)> FindFileAsync(ApiCall call)
    {
        var variant = call.Arguments.Text("variant");
        if (!_variants.Contains(variant))
        {
            throw KinoraException.Invalid([new Fault("variant", "Invalid variant. Use video, thumbnail or spritesheet")]);
        }

        var job = await CompletedAsync(call);
        return job.Assets.FirstOrDefault(a => string.Equals(a.Role.ToString(), variant, StringComparison.OrdinalIgnoreCase)) is { } asset
            ? (job, asset)
            : throw new KinoraException(ErrorCodes.FileNotFound, "File not found");
    }

    private async Task<Job> CompletedAsync(ApiCall call) => await VideoRoutes.FindAsync(generation, call) is { Status: JobStatus.Completed } job
        ? job
        : throw new KinoraException(ErrorCodes.NotReady, "Video is not ready yet");

    private static void WriteStills(Utf8JsonWriter json, Job job, IReadOnlyList<VideoFrame> stills, byte[][] pictures)
    {
        json.WriteStartObject();
        json.WriteString("video_id", job.Id.Uuid);
        json.WriteString("prompt", job.Request.Prompt);
        json.WriteNumber("frame_count", stills.Count);
        json.WriteStartArray("frames");
        for (var i = 0; i < stills.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("frame_number", i + 1);
            json.WriteBoolean("is_final_frame", i == stills.Count - 1);
            json.WriteNumber("second", Math.Round(stills[i].Second, 3));
            json.WriteBase64String("data", pictures[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
