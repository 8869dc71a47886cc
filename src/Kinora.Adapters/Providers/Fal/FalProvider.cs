using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Signatures;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Fal;

/// <summary>fal's queue. That a job is COMPLETED there says only that it has ended; its result, fetched after that, says how.</summary>
internal sealed class FalProvider(TaskSite site, ProviderTraits traits, TimeProvider clock, HostedModels models, PublishedKeys keys)
    : HostedProvider(site, traits, clock, models), ICancellingProvider, ICallbackProvider
{
    private readonly FalSignatures _signatures = new(keys, clock);

    public override async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
    {
        if (await base.CheckAsync(job, progress, cancel) is var outcome and not CheckOutcome.Finished)
        {
            return outcome;
        }

        ApiReply? last = null;
        using var request = new HttpRequestMessage(HttpMethod.Get, FalPaths.Response(Api.Endpoint, EndpointOf(job), job));
        var result = await Api.CheckAsync(request, reply => ReadResult(reply, job), cancel, reply => last = reply);
        return result is CheckOutcome.Unreachable && last is not null ? FalFault.Read(Name, Api.Redactor, last, RouteOf(job)?.Names) ?? result : result;
    }

    public Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel) =>
        StopAsync(new HttpRequestMessage(HttpMethod.Put, FalPaths.Cancel(Api.Endpoint, EndpointOf(job), job)), cancel);

    public async ValueTask<CallbackVerdict> JudgeAsync(CallbackMessage message, CancellationToken cancel) => await _signatures.JudgeAsync(message, cancel);

    protected override async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var model = Find(submission.ModelName, submission.Request.Kind);
        var route = model.RouteFor(submission.Request, submission.Source);
        return new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At(FalPaths.Create(route.Path, submission.CallbackUrl)))
        {
            Content = JsonBody.Of(await model.InputsAsync(submission, route, cancel), InputsJson.Default.DictionaryStringObject),
        };
    }

    protected override SubmitOutcome? ReadCreate(ApiReply reply, Submission submission)
    {
        if (reply.Read(FalJson.Default.WireStatus) is not { RequestId: { } id } made || !Loose.IsPathId(id))
        {
            return null;
        }

        var links = new FalLinks { Status = made.StatusUrl, Response = made.ResponseUrl, Cancel = made.CancelUrl };
        return new SubmitOutcome.Accepted(id, JsonSerializer.Serialize(links, FalJson.Default.FalLinks));
    }

    protected override Uri LookAddress(RemoteJob job) => FalPaths.Status(Api.Endpoint, EndpointOf(job), job);

    protected override CheckOutcome? ReadLook(ApiReply reply, RemoteJob job)
    {
        if (reply.Read(FalJson.Default.WireStatus) is not { Status: { } word } look)
        {
            return null;
        }

        return StatusWords.Read(word) switch
        {
            RemoteState.Completed when ErrorOf(reply, look.Error) is { } failed => failed,
            // Over; how, and with which files, is not told here.
            RemoteState.Completed => new CheckOutcome.Finished([]),
            RemoteState.Queued or RemoteState.Running => Running(reply, null, look.QueuePosition is { } place ? $"{word}, {place:0} before it" : word),
            var end => Ended(end, ProviderError.Read(reply)),
        };
    }

    protected override void Dispose(bool disposing)
    {
        keys.Dispose();
        base.Dispose(disposing);
    }

    private CheckOutcome ReadResult(ApiReply reply, RemoteJob job)
    {
        var output = reply.Read(FalJson.Default.WireOutput);
        WireFile?[] files = output is null ? [] : job.Request.Kind == MediaKind.Image ? [.. output.Images ?? [], output.Image] : [output.Video];
        RemoteOutput[] results =
        [
            .. files.Where(file => file?.Url is not null).Select(file => new RemoteOutput { Kind = job.Request.Kind, Url = file!.Url, Remarks = Words(output!.Description) }),
        ];
        return results.Length > 0 ? new CheckOutcome.Finished(results)
            : ErrorOf(reply, output?.Error ?? default) ?? NoLink(job.Request.Kind);
    }

    private CheckOutcome.Failed? ErrorOf(ApiReply reply, JsonElement error) => error.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null
        : FalFault.OfPlatform(Name, Api.Redactor, reply.Read(FalJson.Default.WireFault)?.ErrorType ?? "", ProviderError.Read(reply)?.Text);

    private string? Words(string? text) => Api.Redactor.CleanWords(text) is { Length: > 0 } words ? words : null;

    private string EndpointOf(RemoteJob job) => RouteOf(job)?.Path ?? job.ModelName;

    // Null: the model's table is another by now.
    private ModelRoute? RouteOf(RemoteJob job)
    {
        try
        {
            return Find(job.ModelName, job.Request.Kind).RouteFor(job.Request, job.Source);
        }
        catch (UnsayableException)
        {
            return null;
        }
    }
}
