using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Runway;

/// <summary>Runway's tasks: the path of a create depends on what comes in, the way of looking does not.</summary>
internal sealed class RunwayProvider : TaskProvider, ICancellingProvider
{
    private const decimal DollarsPerCredit = 0.01m;

    private readonly IReadOnlyList<RunwayModel> _models;

    public RunwayProvider(TaskSite site, ProviderTraits traits, TimeProvider clock)
        : base(site, traits, clock)
    {
        _models = RunwayModels.At(site.Name);
        Known = [.. _models.Select(model => model.Info)];
    }

    protected override IReadOnlyList<ModelInfo> Known { get; }

    /// <summary>
    /// Their DELETE stops a task that is not done and throws away one that is, with its video. So it is looked at first, and a finished one is left alone.
    /// </summary>
    public async Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel) => await CheckAsync(job, new Progress<double>(), cancel) switch
    {
        CheckOutcome.Running => await StopAsync(new HttpRequestMessage(HttpMethod.Delete, LookAddress(job)), cancel),
        CheckOutcome.Failed or CheckOutcome.Missing => true,
        _ => false,
    };

    protected override async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var (path, body) = await new RunwayRequest(Name, _models.FirstOrDefault(model => model.Info.Name == submission.ModelName), submission).WriteAsync(cancel);
        return new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At(path)) { Content = JsonBody.Of(body, RunwayJson.Default.WireCreate) };
    }

    protected override SubmitOutcome? ReadCreate(ApiReply reply, Submission submission) =>
        reply.Read(RunwayJson.Default.WireTask)?.Id is { } id && Loose.IsPathId(id) ? new SubmitOutcome.Accepted(id) : null;

    protected override Uri LookAddress(RemoteJob job) => Api.Endpoint.At($"/v1/tasks/{Uri.EscapeDataString(job.RemoteId)}");

    protected override CheckOutcome? ReadLook(ApiReply reply, RemoteJob job)
    {
        if (reply.Read(RunwayJson.Default.WireTask) is not { Status: { } word } task)
        {
            return null;
        }

        var cost = task.Cost?.Credits is >= 0 and < 1e9 and var credits ? (decimal)credits * DollarsPerCredit : (decimal?)null;
        return (StatusWords.Read(word), task.Output is [var first, ..] ? first : null) switch
        {
            (RemoteState.Completed, { Length: > 0 } link) => new CheckOutcome.Finished([new RemoteOutput { Url = link }], cost),
            (RemoteState.Completed, _) => NoLink(MediaKind.Video, cost),
            (RemoteState.Queued or RemoteState.Running, _) => Running(reply, task.Progress is { } part ? Math.Clamp(part, 0, 1) : null, word),
            var (state, _) => Ended(state, task, cost),
        };
    }

    /// <summary>Of the families of failure codes, <c>SAFETY</c> (also within others) is known everywhere; what could not be read was our input's fault.</summary>
    private CheckOutcome.Failed Ended(RemoteState state, WireTask task, decimal? cost)
    {
        var code = task.FailureCode ?? "";
        var end = Ended(state, new ProviderError(code.ToLowerInvariant(), task.Failure ?? code), cost);
        var isInput = code.StartsWith("INPUT_PREPROCESSING.", StringComparison.OrdinalIgnoreCase) && !code.Contains("INTERNAL", StringComparison.OrdinalIgnoreCase);
        return isInput && end.Code == ErrorCodes.ProviderFailed ? end with { Code = ErrorCodes.ProviderRefused } : end;
    }
}
