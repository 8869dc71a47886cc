using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Schema;

namespace Kinora.Server.Api.Videos;

/// <summary>Operations that make a video: from nothing, or from one that is there.</summary>
internal sealed class VideoMaking(GenerationService generation, Continuation continuation, ModelCatalog catalog) : IApiRoutes
{
    public IEnumerable<ApiOperation> Operations =>
    [
        Making("/api/videos", "createVideo", "Make a video", CreateAsync) with
        {
            About = "Answers as soon as the job is stored; it goes on whatever becomes of the client. Send Idempotency-Key, and a repeat is never paid twice.",
            Body = VideoParams.Create,
            Errors = [ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge, ErrorCodes.UrlRefused, ErrorCodes.UrlFailed, ErrorCodes.MediaToolMissing],
        },
        Making("/api/videos/{id}/remix", "remixVideo", "Make a video again with a change", call => FollowAsync(call, Operation.Remix)) with { Body = Follow() },
        Making("/api/videos/{id}/edit", "editVideo", "Make a video with a change applied to this one", call => FollowAsync(call, Operation.Edit)) with { Body = Follow() },
        Making("/api/videos/{id}/extend", "extendVideo", "Append seconds to a video", call => FollowAsync(call, Operation.Extend)) with
        {
            About = "By the model's own extension; the result is the whole, longer video.",
            Body = Follow(VideoParams.Seconds with { About = "Seconds to append; unset: the model's default" }),
        },
        Making("/api/videos/{id}/continue", "continueVideo", "Go on from a video", ContinueAsync) with
        {
            About = "mode best takes the model's own extension where the video's model has one and stays the same, else a new clip begins with the true last frame; extend and last_frame insist on one of the two.",
            Body = Follow(
                VideoParams.Model with { About = "Unset: the video's own" },
                VideoParams.Seconds with { About = "Length of what is new; unset: that of the video, or the extension's default" },
                new TextParam("mode") { Choices = ["best", "extend", "last_frame"], Default = "best" }),
        },
    ];

    private static ApiOperation Making(string path, string name, string summary, Func<ApiCall, Task> run) => new("POST", path, name, summary, run)
    {
        Tag = VideoRoutes.Tag,
        Access = ApiAccess.Create,
        StartsJob = true,
        Answer = VideoRoutes.Row,
        Errors = [ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.AssetMissing],
    };

    private static ApiBody Follow(params IReadOnlyList<Param> more) => new([VideoParams.Prompt, .. more, VideoParams.Seed, VideoParams.MaxCost])
    {
        Form = true,
        Example = """{"prompt":"Change the motorcycle to red and add more neon lights"}""",
    };

    private async Task CreateAsync(ApiCall call) => await SubmitAsync(call, await WithDefaultsAsync(VideoParams.Draft(call), call.Cancel));

    private async Task FollowAsync(ApiCall call, Operation operation)
    {
        await VideoRoutes.FindAsync(generation, call);
        await SubmitAsync(call, Draft(call) with { Operation = operation, SourceId = call.Id });
    }

    private async Task ContinueAsync(ApiCall call)
    {
        await VideoRoutes.FindAsync(generation, call);
        var way = call.Arguments.Text("mode") switch { "extend" => ContinuationWay.Extend, "last_frame" => ContinuationWay.LastFrame, _ => ContinuationWay.Best };
        await SubmitAsync(call, await continuation.DraftAsync(call.Caller, call.Id, Draft(call), way, call.Cancel));
    }

    private static GenerationDraft Draft(ApiCall call) => JobRoutes.Safely(call, new GenerationDraft
    {
        Prompt = VideoParams.RequirePrompt(call.Arguments),
        Model = call.Arguments.TextOrNull("model"),
        Seconds = VideoParams.ReadSeconds(call.Arguments),
        Seed = call.Arguments.IntegerOrNull("seed"),
    });

    /// <summary>The original's size and length, where they are not asked for and the model makes them; its programs count on these.</summary>
    private async Task<GenerationDraft> WithDefaultsAsync(GenerationDraft draft, CancellationToken cancel)
    {
        ModelInfo model;
        try
        {
            model = (await catalog.ResolveAsync(draft.Model, MediaKind.Video, cancel)).Model;
        }
        catch (KinoraException unknown) when (unknown.Code == ErrorCodes.ModelNotFound)
        {
            // Told with all the other faults when the draft is checked.
            return draft;
        }

        return draft with
        {
            Size = draft.Size ?? (model.Sizes?.Allows(VideoParams.DefaultSize) ?? true ? VideoParams.DefaultSize.ToString() : null),
            Seconds = draft.Seconds ?? (model.Durations?.Allows(VideoParams.DefaultSeconds) ?? true ? VideoParams.DefaultSeconds : null),
        };
    }

    /// <summary>Not with the request's token: a client that hangs up must not leave a create half done.</summary>
    private async Task SubmitAsync(ApiCall call, GenerationDraft draft)
    {
        var created = await generation.SubmitAsync(call.Caller, draft, CancellationToken.None);
        await call.AnswerAsync(json => VideoRow.Write(json, created.Job, created.AlreadyThere));
    }
}
