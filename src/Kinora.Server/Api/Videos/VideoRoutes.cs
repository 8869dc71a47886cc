using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Videos;

/// <summary>Videos as rows: looked at, listed, looked after, removed.</summary>
internal sealed class VideoRoutes(GenerationService generation, IJobStore jobs, ModelCatalog catalog) : IApiRoutes
{
    public const string Tag = "Videos";

    private const int LargestFamily = 500;

    public static ApiAnswer Row { get; } = new(VideoRow.Shape, VideoRow.Example);

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/api/videos", "listVideos", "Your videos, newest first", ListAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            About = "Pages by next_cursor stay fast and gapless however many videos there are; offset is the original's way.",
            Query = JobRoutes.ListParams,
            Answer = JobRoutes.PageOf("videos", VideoRow.Shape, VideoRow.Example),
        },
        new("GET", "/api/videos/{id}", "getVideo", "One video", GetAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            Answer = Row,
            Errors = [ErrorCodes.NotFound],
        },
        new("DELETE", "/api/videos/{id}", "deleteVideo", "Remove a video and its files for good", DeleteAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            About = "What it cost stays in the totals. One of unknown fate (submission_unknown) stays with the admins until it is settled, and is back if its provider has it. One that is still being made is cancelled first where cancel_first says so.",
            Query = [new FlagParam("cancel_first")],
            Answer = new ApiAnswer(Schema.Shape.Object(("success", Flag)), """{"success":true}"""),
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotTerminal],
        },
        new("POST", "/api/videos/{id}/cancel", "cancelVideo", "Ask for a video to be stopped", CancelAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            About = "One that was not sent yet ends at once and costs nothing; a running one when its provider has stopped it, where that can be done.",
            Answer = Row,
            Errors = [ErrorCodes.NotFound, ErrorCodes.InvalidRequest, ErrorCodes.UnsupportedByModel],
        },
        new("POST", "/api/videos/{id}/check-status", "checkVideoStatus", "Have a video looked at again", CheckAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            About = "An expired one is asked for at its provider once more; nothing is created anew. One that is being made is looked at on schedule anyway.",
            Answer = new ApiAnswer(
                Schema.Shape.Object(("message", Text), ("video", VideoRow.Shape)), $$"""{"message":"Status check triggered","video":{{VideoRow.Example}}}"""),
            Errors = [ErrorCodes.NotFound],
        },
        new("GET", "/api/videos/{id}/family", "getVideoFamily", "What a video was made from, and all that was made from those", FamilyAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            About = "Itself too; oldest first, at most 500. remix_of of each leads to what it was made from; that one may be missing when it was deleted.",
            Answer = new ApiAnswer(Schema.Shape.Object(("videos", List(VideoRow.Shape))), $$"""{"videos":[{{VideoRow.Example}}]}"""),
            Errors = [ErrorCodes.NotFound],
        },
        new("GET", "/api/videos/stats/costs", "getCosts", "What videos and images have cost", CostsAsync)
        {
            Tag = "Costs",
            Access = ApiAccess.Read,
            About = "US dollars, as charged, else as estimated; what was deleted counts on. The platform's totals are for admins.",
            Answer = new ApiAnswer(CostRow.Shape, CostRow.Example),
        },
    ];

    /// <summary>A video of the caller's, with the original's words when there is none.</summary>
    /// <exception cref="KinoraException"><c>not_found</c>.</exception>
    public static async Task<Job> FindAsync(GenerationService generation, ApiCall call, string missing = "Video not found")
    {
        try
        {
            return await generation.GetAsync(call.Caller, call.Id, MediaKind.Video, call.Cancel);
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            throw new KinoraException(ErrorCodes.NotFound, missing);
        }
    }

    private async Task GetAsync(ApiCall call)
    {
        var job = await FindAsync(generation, call);
        await call.AnswerAsync(json => VideoRow.Write(json, job));
    }

    private async Task ListAsync(ApiCall call)
    {
        var query = await JobRoutes.QueryAsync(call, MediaKind.Video, catalog);
        var page = await generation.ListAsync(call.Caller, query, call.Cancel);
        await JobRoutes.AnswerPageAsync(call, query, page, "videos", (json, job) => VideoRow.Write(json, job));
    }

    private async Task DeleteAsync(ApiCall call)
    {
        var job = await FindAsync(generation, call, "Video not found or not authorized");
        await JobRoutes.DeleteAsync(generation, call, job);
    }

    private async Task CancelAsync(ApiCall call)
    {
        await FindAsync(generation, call);
        var job = await generation.CancelAsync(call.Caller, call.Id, call.Cancel);
        await call.AnswerAsync(json => VideoRow.Write(json, job));
    }

    private async Task CheckAsync(ApiCall call)
    {
        await FindAsync(generation, call);
        var job = await generation.LookAgainAsync(call.Caller, call.Id, call.Cancel);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("message", "Status check triggered");
            json.WritePropertyName("video");
            VideoRow.Write(json, job);
            json.WriteEndObject();
        });
    }

    private async Task FamilyAsync(ApiCall call)
    {
        var job = await FindAsync(generation, call);
        var family = await jobs.FamilyAsync(job.Id, call.Caller.UserId, LargestFamily, call.Cancel);
        await call.AnswerListAsync("videos", family, (json, one) => VideoRow.Write(json, one));
    }

    private async Task CostsAsync(ApiCall call)
    {
        var mine = await jobs.SpendAsync(call.Caller.UserId, since: null, call.Cancel);
        var all = call.IsAdmin ? await jobs.SpendAsync(owner: null, since: null, call.Cancel) : null;
        await call.AnswerAsync(json => CostRow.Write(json, mine, all));
    }
}
