using System.Collections.Concurrent;
using Kinora.Catalog;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Tests.Fakes;

/// <summary>A provider that does what a test tells it and writes down every create that reached it.</summary>
internal class FakeProvider(string name = "fake") : IMediaProvider
{
    /// <summary>Jobs in the order in which their creates came in: the ledger.</summary>
    public ConcurrentQueue<JobId> Submits { get; } = new();

    public ConcurrentQueue<JobId> Checks { get; } = new();

    public ConcurrentQueue<(string? Url, long Offset)> Opens { get; } = new();

    public string Name { get; } = name;

    public ProviderTraits Traits { get; set; } = new() { MinPoll = TimeSpan.FromSeconds(5), SubmitTimeout = TimeSpan.FromSeconds(30) };

    public List<ModelInfo> Models { get; } = [new() { Id = name + "/model", Title = "Model", Source = "test" }];

    public Func<Submission, CancellationToken, Task<SubmitOutcome>> OnSubmit { get; set; } =
        (submission, _) => Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted("remote-" + submission.JobId.Hex));

    public Func<RemoteJob, IProgress<double>, CancellationToken, Task<CheckOutcome>> OnCheck { get; set; } =
        (_, _, _) => Task.FromResult<CheckOutcome>(new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/video" }]));

    public Func<RemoteOutput, long, CancellationToken, Task<OpenOutcome>> OnOpen { get; set; } =
        (_, _, _) => Task.FromResult<OpenOutcome>(new OpenOutcome.Opened(new MemoryStream("a video"u8.ToArray()), 0, 7));

    public void Submit(SubmitOutcome outcome) => OnSubmit = (_, _) => Task.FromResult(outcome);

    public void Check(CheckOutcome outcome) => OnCheck = (_, _, _) => Task.FromResult(outcome);

    public void Open(OpenOutcome outcome) => OnOpen = (_, _, _) => Task.FromResult(outcome);

    /// <summary>Called for each list of models.</summary>
    public Action ListsModels { get; set; } = () => { };

    public ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancel)
    {
        ListsModels();
        return new(Models);
    }

    public ValueTask<ModelInfo?> DescribeAsync(string modelName, CancellationToken cancel) =>
        new(Models.Find(m => m.Name == modelName));

    public Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken deadline)
    {
        Submits.Enqueue(submission.JobId);
        return OnSubmit(submission, deadline);
    }

    public Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
    {
        Checks.Enqueue(job.JobId);
        return OnCheck(job, progress, cancel);
    }

    public Task<OpenOutcome> OpenAsync(RemoteJob job, RemoteOutput output, long offset, CancellationToken cancel)
    {
        Opens.Enqueue((output.Url, offset));
        return OnOpen(output, offset, cancel);
    }
}

/// <summary>One that can stop a job.</summary>
internal sealed class CancellingFakeProvider(string name = "fake") : FakeProvider(name), ICancellingProvider
{
    public ConcurrentQueue<JobId> Cancels { get; } = new();

    public Func<CancellationToken, Task<bool>> OnCancel { get; set; } = _ => Task.FromResult(true);

    /// <summary>Before <see cref="OnCancel"/>, where the answer depends on the job.</summary>
    public Func<RemoteJob, Task<bool>>? OnCancelOf { get; set; }

    public Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel)
    {
        Cancels.Enqueue(job.JobId);
        return OnCancelOf is { } answer ? answer(job) : OnCancel(cancel);
    }
}

/// <summary>One that can be asked what became of a create.</summary>
internal sealed class ReconcilingFakeProvider(string name = "fake") : FakeProvider(name), IReconcilingProvider
{
    public Func<Submission, Func<string, Task<bool>>, Task<FindOutcome>> OnFind { get; set; } = (_, _) => Task.FromResult<FindOutcome>(new FindOutcome.NotThere());

    public void Find(FindOutcome outcome) => OnFind = (_, _) => Task.FromResult(outcome);

    public Task<FindOutcome> FindAsync(Submission submission, DateTimeOffset sentAt, Func<string, Task<bool>> isOwned, CancellationToken cancel) =>
        OnFind(submission, isOwned);
}
