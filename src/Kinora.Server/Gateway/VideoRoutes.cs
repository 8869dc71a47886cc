using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Schema;

namespace Kinora.Server.Gateway;

/// <summary>OpenAI's operations on videos that are there: looked at, listed, fetched, removed.</summary>
internal sealed class VideoRoutes(GenerationService generation, IAssetStore assets, PollAdvice advice) : IApiRoutes
{
    public const string Tag = "OpenAI: videos";

    private const int MostRows = 100;
    private const string DeletedKind = "video.deleted";

    public static ApiAnswer Object { get; } = new(VideoObject.Shape, VideoObject.Example);

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/v1/videos", "openaiListVideos", "Your videos, newest first", ListAsync)
        {
            Tag = Tag,
            Style = OpenAiStyle.Instance,
            Access = ApiAccess.Read,
            Query =
            [
                new IntegerParam("limit", 0, MostRows) { Default = 20 },
                new TextParam("order") { Choices = ["desc", "asc"], Default = "desc" },
                new TextParam("after") { MaxLength = 100, About = "last_id of the page before; one that was deleted since works too" },
            ],
            Answer = ListObject.Of(VideoObject.Shape, VideoObject.Example, "video_550e8400e29b41d4a716446655440000"),
        },
        new("GET", "/v1/videos/{id}", "openaiGetVideo", "One video", GetAsync)
        {
            Tag = Tag,
            Style = OpenAiStyle.Instance,
            Access = ApiAccess.Read,
            Answer = Object,
            Errors = [ErrorCodes.NotFound],
        },
        new("DELETE", "/v1/videos/{id}", "openaiDeleteVideo", "Remove a video and its files for good", DeleteAsync)
        {
            Tag = Tag,
            Style = OpenAiStyle.Instance,
            Access = ApiAccess.Create,
            Answer = ListObject.Deleted(DeletedKind, "video_550e8400e29b41d4a716446655440000"),
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotTerminal],
        },
        new("GET", "/v1/videos/{id}/content", "openaiGetVideoContent", "The video file, its thumbnail or its spritesheet", ContentAsync)
        {
            Tag = Tag,
            Style = OpenAiStyle.Instance,
            Access = ApiAccess.Read,
            About = "Ranges, If-Range, If-None-Match and HEAD work; the ETag is the file's SHA-256.",
            Query = [new TextParam("variant") { Choices = ["video", "thumbnail", "spritesheet"], Default = "video" }],
            Answer = ApiAnswer.File,
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.AssetMissing],
        },
    ];

    /// <exception cref="KinoraException"><c>not_found</c>.</exception>
    public static Task<Job> FindAsync(GenerationService generation, ApiCall call) => generation.GetAsync(call.Caller, call.Id, MediaKind.Video, call.Cancel);

    private async Task GetAsync(ApiCall call)
    {
        var job = await FindAsync(generation, call);
        advice.Add(call.Context, job);
        await call.AnswerAsync(json => VideoObject.Write(json, job));
    }

    private async Task ListAsync(ApiCall call)
    {
        var given = call.Arguments;
        JobId after = default;
        if (given.TextOrNull("after") is { } text && !JobId.TryParse(text, out after))
        {
            throw KinoraException.Invalid([new Fault("after", "after must be the id of a video: last_id of the page before.")]);
        }

        var limit = (int)given.Integer("limit");
        var page = limit == 0 ? new JobPage([], HasMore: false) : await generation.ListAsync(
            call.Caller,
            new JobQuery(null, limit, given.Has("after") ? after : null, OldestFirst: given.Text("order") == "asc") { Kind = MediaKind.Video, WithFiles = true },
            call.Cancel);
        await ListObject.AnswerAsync(call, page.Jobs, page.HasMore, job => job.PublicId, (json, job) => VideoObject.Write(json, job));
    }

    private async Task DeleteAsync(ApiCall call)
    {
        var job = await FindAsync(generation, call);
        await generation.DeleteAsync(call.Caller, call.Id, call.Cancel);
        await ListObject.AnswerDeletedAsync(call, DeletedKind, job.PublicId);
    }

    private async Task ContentAsync(ApiCall call)
    {
        var job = await FindAsync(generation, call);
        if (job.Status != JobStatus.Completed)
        {
            throw new KinoraException(ErrorCodes.NotReady, $"The video is not completed ({job.Status.Word()}), so there is no content yet.");
        }

        var variant = call.Arguments.Text("variant");
        var asset = job.Assets.FirstOrDefault(a => string.Equals(a.Role.ToString(), variant, StringComparison.OrdinalIgnoreCase))
            ?? throw new KinoraException(ErrorCodes.AssetMissing, $"This video has no {variant}.");
        await MediaFile.SendAsync(call.Context, assets, job, asset);
    }
}
