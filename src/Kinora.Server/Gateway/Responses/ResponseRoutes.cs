using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Api;

namespace Kinora.Server.Gateway.Responses;

/// <summary>OpenAI's operations on responses that are there. Every image job of the caller is one, whichever door it came through.</summary>
internal sealed class ResponseRoutes(GenerationService generation, IAssetStore assets, PollAdvice advice) : IApiRoutes
{
    public const string Tag = "OpenAI: responses";

    /// <summary>How long a cancel waits for the end of the job before it answers that it is still open.</summary>
    private static readonly TimeSpan _longestStop = TimeSpan.FromSeconds(10);

    public static ApiAnswer Object { get; } = new(ResponseObject.Shape, ResponseObject.Example);

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/v1/responses/{id}", "openaiGetResponse", "One response, with its picture when that is there", GetAsync)
        {
            Tag = Tag,
            Style = OpenAiStyle.Responses,
            Access = ApiAccess.Read,
            Answer = Object,
            Errors = [ErrorCodes.NotFound, ErrorCodes.AssetMissing],
        },
        new("POST", "/v1/responses/{id}/cancel", "openaiCancelResponse", "Stop a response in the background", CancelAsync)
        {
            Tag = Tag,
            Style = OpenAiStyle.Responses,
            Access = ApiAccess.Create,
            About = "One that has ended is answered as it is.",
            Answer = Object,
            Errors = [ErrorCodes.NotFound, ErrorCodes.UnsupportedByModel, ErrorCodes.AssetMissing],
        },
        new("DELETE", "/v1/responses/{id}", "openaiDeleteResponse", "Remove a response and its picture for good", DeleteAsync)
        {
            Tag = Tag,
            Style = OpenAiStyle.Responses,
            Access = ApiAccess.Create,
            Answer = ListObject.Deleted("response", "resp_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f"),
            Errors = [ErrorCodes.NotFound, ErrorCodes.NotTerminal],
        },
    ];

    /// <param name="deduplicated">The job was there before this request.</param>
    public static async Task AnswerAsync(ApiCall call, IAssetStore assets, Job job, bool deduplicated)
    {
        await using var files = await MadeFiles.OpenAsync(assets, job, call.Cancel);
        await LargeJson.AnswerAsync(call.Context, json => ResponseObject.WriteAsync(json, job, files.All, deduplicated, call.Cancel));
    }

    private async Task GetAsync(ApiCall call)
    {
        var job = await FindAsync(call);
        advice.Add(call.Context, job);
        await AnswerAsync(call, assets, job, deduplicated: false);
    }

    private async Task CancelAsync(ApiCall call)
    {
        var job = await FindAsync(call);
        if (!ResponseNote.Of(job).Background)
        {
            throw new KinoraException(ErrorCodes.InvalidRequest, "Only responses created with background=true can be cancelled.");
        }

        if (!job.Status.IsFinal())
        {
            await generation.StopAsync(call.Caller, job.PublicId, _longestStop, call.Cancel);
            job = await FindAsync(call);
        }

        advice.Add(call.Context, job);
        await AnswerAsync(call, assets, job, deduplicated: false);
    }

    private async Task DeleteAsync(ApiCall call)
    {
        var job = await FindAsync(call);
        await generation.DeleteAsync(call.Caller, job.PublicId, call.Cancel);
        await ListObject.AnswerDeletedAsync(call, "response", ResponseIds.Of(job.Id));
    }

    private async Task<Job> FindAsync(ApiCall call)
    {
        try
        {
            return await generation.GetAsync(call.Caller, ResponseIds.TryParse(call.Id, out var id) ? id.Hex : "", MediaKind.Image, call.Cancel);
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            throw new KinoraException(ErrorCodes.NotFound, "Response with this id not found.");
        }
    }
}
