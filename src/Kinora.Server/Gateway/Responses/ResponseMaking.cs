using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Api;

namespace Kinora.Server.Gateway.Responses;

/// <summary>OpenAI's responses with the image tool: a picture, and the next one that goes on from it.</summary>
internal sealed class ResponseMaking(GenerationService generation, PictureWait wait, IAssetStore assets, PollAdvice advice, TimeProvider time) : IApiRoutes
{
    /// <summary>Fields of a job's request under the names that they have here.</summary>
    private static readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal)
    {
        ["prompt"] = "input",
        ["references"] = "input",
        ["model"] = "tools[0].model",
        ["size"] = "tools[0].size",
        ["quality"] = "tools[0].quality",
        ["background"] = "tools[0].background",
        ["format"] = "tools[0].output_format",
        ["mask"] = "tools[0].input_image_mask",
    };

    public IEnumerable<ApiOperation> Operations =>
    [
        new("POST", "/v1/responses", "openaiCreateResponse", "Make a picture with the image tool, at once or in the background", CreateAsync)
        {
            Tag = ResponseRoutes.Tag,
            Style = OpenAiStyle.Responses,
            Access = ApiAccess.Create,
            StartsJob = true,
            About = """
                The one tool is image_generation, and every response is a picture: no chat model reads along. With background it answers at once, else when the picture is there, as /v1/images does,
                and a picture that could not be made is a response with status failed. previous_response_id and image_generation_calls in the input go on from earlier pictures, of whichever operation;
                a call in the input counts before previous_response_id, and of several the last is the one that is changed. With stream the answer is a text/event-stream with OpenAI's events, without partial pictures.
                """.ReplaceLineEndings(" "),
            Body = ResponseParams.Body,
            Answer = ResponseRoutes.Object,
            Errors =
            [
                ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.AssetMissing, ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge, ErrorCodes.UrlRefused, ErrorCodes.UrlFailed,
            ],
        },
    ];

    private async Task CreateAsync(ApiCall call)
    {
        var order = ResponseParams.Read(call);
        await RequireSourcesAsync(call, order);

        // Nothing of the order but these is kept through the wait: pictures in it are large.
        var (streams, background) = (order.Stream, order.Background);
        var created = await SubmitAsync(call, order);
        if (streams)
        {
            await wait.AnswerAsync(call, () => StreamAsync(call, created));
            return;
        }

        if (background)
        {
            var job = await generation.GetAsync(call.Caller, created.Job.PublicId, call.Cancel);
            advice.Add(call.Context, job);
            await AnswerAsync(call, job, created.AlreadyThere);
            return;
        }

        await wait.AnswerAsync(call, async () => await AnswerAsync(call, await wait.EndAsync(call, created.Job), created.AlreadyThere));
    }

    private Task AnswerAsync(ApiCall call, Job job, bool deduplicated) => ResponseRoutes.AnswerAsync(call, assets, job, deduplicated);

    private async Task StreamAsync(ApiCall call, CreateResult created)
    {
        var begun = new TaskCompletionSource<Job>(TaskCreationOptions.RunContinuationsAsynchronously);
        var stream = await EventStream.StartAsync(call.Context, time);
        var events = new ResponseEvents(stream, created, call.Cancel);
        var end = wait.EndAsync(call, created.Job, job =>
        {
            if (job.Status is not (JobStatus.Queued or JobStatus.Submitting))
            {
                begun.TrySetResult(job);
            }
        });
        try
        {
            await events.OpenAsync();
            await stream.WhileAsync(Task.WhenAny(begun.Task, end));
            await events.GeneratingAsync();
            var job = await stream.WhileAsync(end);
            await using var files = await MadeFiles.OpenAsync(assets, job, call.Cancel);
            await events.EndAsync(job, files.All);
        }
        catch (KinoraException fault)
        {
            await events.ErrorAsync(fault);
        }
    }

    private async Task<CreateResult> SubmitAsync(ApiCall call, ResponseOrder order)
    {
        try
        {
            return await wait.SubmitAsync(call, order.Draft);
        }
        catch (KinoraException fault) when (fault.Faults.Count > 0)
        {
            var source = order.Calls.Count > 0 ? "input" : "previous_response_id";
            throw new KinoraException(fault.Code, fault.Message, fault.Detail, fault)
            {
                Faults = [.. fault.Faults.Select(f => f with { Field = f.Field == "id" ? source : _fields.GetValueOrDefault(f.Field, f.Field) })],
            };
        }
    }

    /// <summary>What it goes on from is the caller's, also where it is not used in the end.</summary>
    private async Task RequireSourcesAsync(ApiCall call, ResponseOrder order)
    {
        if (order.Previous is { } previous && !await HasAsync(call, new ImageId(previous, 0)))
        {
            throw ResponseParams.Lost("previous_response_id", "Previous response with this id not found.");
        }

        foreach (var earlier in order.Calls)
        {
            if (!await HasAsync(call, earlier))
            {
                throw ResponseParams.Lost("input", "An image_generation_call of the input was not found.");
            }
        }
    }

    private async Task<bool> HasAsync(ApiCall call, ImageId picture)
    {
        try
        {
            var job = await generation.GetAsync(call.Caller, picture.Job.Hex, MediaKind.Image, call.Cancel);
            return job.Status != JobStatus.Completed || job.Assets.Any(a => a.Role == AssetRole.Image && a.Index == picture.Index);
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            return false;
        }
    }
}
