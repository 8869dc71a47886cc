using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.References;
using Kinora.Server.Api;
using Kinora.Server.Schema;

namespace Kinora.Server.Gateway;

/// <summary>OpenAI's operations that make a video: from nothing, or from one that is there.</summary>
internal sealed class VideoMaking(GenerationService generation, ModelCatalog catalog, PollAdvice advice) : IApiRoutes
{
    /// <summary>OpenAI's defaults (openai-openapi 2.3.0, <c>CreateVideoBody</c>).</summary>
    private const string DefaultModel = "sora-2";
    private const string DefaultSize = "720x1280";
    private const double DefaultSeconds = 4;

    private static readonly ObjectParam _video = new("video", new TextParam("id") { MaxLength = 100, Required = true }) { OrFile = true, About = "The video, or a file of one" };

    private static readonly IReadOnlyList<ApiFile> _videoFile = [new("video", 1, "A video of your own") { MaxBytes = VideoImporter.MaxBytes + 1, Kinds = "MP4, MOV or WebM, up to 512 MB" }];

    public IEnumerable<ApiOperation> Operations =>
    [
        Making("/v1/videos", "openaiCreateVideo", "Make a video", CreateAsync) with
        {
            About = "A retired model's sizes and lengths become the nearest that the model makes which stands for it; kinora.warnings tells every change.",
            Body = GatewayParams.Body(
                """{"model":"sora-2","prompt":"A cat riding a motorcycle through a neon city","seconds":"8","size":"1280x720"}""",
                [new ApiFile("input_reference", 1, "First frame, of the size of the video")],
                GatewayParams.Prompt, GatewayParams.Model, GatewayParams.Seconds, GatewayParams.Size, GatewayParams.Picture("input_reference") with { OrFile = true },
                new ObjectListParam("characters", RequestRules.MaxCharacters, new TextParam("id") { MaxLength = 100, Required = true }) { About = "Name them in the prompt" }),
            Errors = [ErrorCodes.NotFound, ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge, ErrorCodes.UrlRefused, ErrorCodes.UrlFailed, ErrorCodes.MediaToolMissing],
        },
        Making("/v1/videos/{id}/remix", "openaiRemixVideo", "Make a video again with a change", RemixAsync) with
        {
            Body = GatewayParams.Body("""{"prompt":"Change the motorcycle to red"}""", [], GatewayParams.Prompt),
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.AssetMissing],
        },
        Making("/v1/videos/edits", "openaiEditVideo", "Make a video with a change applied to another", call => FollowAsync(call, Operation.Edit)) with
        {
            Body = GatewayParams.Body("""{"prompt":"Make it night","video":{"id":"video_550e8400e29b41d4a716446655440000"}}""", _videoFile, GatewayParams.Prompt, _video, GatewayParams.Model),
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.AssetMissing, ErrorCodes.InvalidVideo, ErrorCodes.MediaToolMissing],
        },
        Making("/v1/videos/extensions", "openaiExtendVideo", "Append seconds to a video", call => FollowAsync(call, Operation.Extend)) with
        {
            About = "The result is the whole, longer video: by the model's own extension, else by a new clip from the last frame that is joined behind it, which kinora.warnings tells.",
            Body = GatewayParams.Body(
                """{"prompt":"They ride on","video":{"id":"video_550e8400e29b41d4a716446655440000"},"seconds":"4"}""",
                _videoFile, GatewayParams.Prompt, _video, GatewayParams.Seconds with { Required = true }, GatewayParams.Model),
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.AssetMissing, ErrorCodes.InvalidVideo, ErrorCodes.MediaToolMissing],
        },
    ];

    private static ApiOperation Making(string path, string name, string summary, Func<ApiCall, Task> run) => new("POST", path, name, summary, run)
    {
        Tag = VideoRoutes.Tag,
        Style = OpenAiStyle.Instance,
        Access = ApiAccess.Create,
        StartsJob = true,
        Answer = VideoRoutes.Object,
    };

    private async Task CreateAsync(ApiCall call)
    {
        var given = call.Arguments;
        await SubmitAsync(call, await WithDefaultsAsync(new GenerationDraft
        {
            Prompt = given.Text("prompt"),
            Model = given.TextOrNull("model") ?? DefaultModel,
            Size = given.TextOrNull("size"),
            Seconds = GatewayParams.ReadSeconds(given),
            FirstFrame = GatewayParams.ReadPicture(call, "input_reference"),
            Characters = [.. given.Objects("characters").Select(c => c.Text("id"))],
            FitFrames = true,
            FrameMustMatch = true,
        }, call.Cancel));
    }

    private async Task RemixAsync(ApiCall call)
    {
        await VideoRoutes.FindAsync(generation, call);
        await SubmitAsync(call, new GenerationDraft { Operation = Operation.Remix, SourceId = call.Id, Prompt = call.Arguments.Text("prompt") });
    }

    private Task FollowAsync(ApiCall call, Operation operation)
    {
        var (given, upload) = (call.Arguments, call.Sent("video"));
        if (upload is null && !given.Has("video"))
        {
            throw KinoraException.Invalid([new Fault("video", "video is missing; it must be an object with id, or a file.") { Kind = FaultKind.Missing }]);
        }

        return SubmitAsync(call, new GenerationDraft
        {
            Operation = operation,
            SourceId = given.Object("video")?.Text("id"),
            SourceVideo = upload is null ? null : new VideoSource("video", upload.Path),
            Prompt = given.Text("prompt"),
            Model = given.TextOrNull("model"),
            Seconds = GatewayParams.ReadSeconds(given),
            FitToModel = true,
        });
    }

    /// <summary>OpenAI's size and length where they are not asked for: of its own models, and of those of which nothing better is known.</summary>
    private async Task<GenerationDraft> WithDefaultsAsync(GenerationDraft draft, CancellationToken cancel)
    {
        var retired = ModelCatalog.RetiredVideoModels.Contains(draft.Model!);
        ModelInfo? model = null;
        try
        {
            model = (await catalog.ResolveAsync(draft.Model, MediaKind.Video, cancel)).Model;
        }
        catch (KinoraException unknown) when (unknown.Code == ErrorCodes.ModelNotFound)
        {
            // Told with all the other faults when the draft is checked.
        }

        return draft with
        {
            FitToModel = retired,
            Size = draft.Size ?? (retired || model is { Sizes: null } ? DefaultSize : null),
            Seconds = draft.Seconds ?? (retired || model is { Durations: null } ? DefaultSeconds : null),
        };
    }

    /// <summary>Not with the request's token: a client that hangs up must not leave a create half done.</summary>
    private async Task SubmitAsync(ApiCall call, GenerationDraft draft)
    {
        var created = await generation.SubmitAsync(call.Caller, GatewayParams.Complete(call, draft), CancellationToken.None);
        if (created.AlreadyThere)
        {
            call.Context.Response.Headers["idempotent-replayed"] = "true";
        }

        advice.Add(call.Context, created.Job);
        await call.AnswerAsync(json => VideoObject.Write(json, created.Job, created.AlreadyThere));
    }
}
