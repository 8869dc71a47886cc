using Kinora.Catalog;

namespace Kinora.Providers;

/// <summary>
/// One configured place that makes video or images. The engine calls it under a lease and with a deadline of its own; it answers with
/// values (see <see cref="SubmitOutcome"/>, <see cref="CheckOutcome"/>, <see cref="FindOutcome"/>, <see cref="OpenOutcome"/>) and throws only for programming
/// errors and for its own cancellation. Safe to call from many threads at once. Extras are separate interfaces:
/// <see cref="ICancellingProvider"/>, <see cref="IReconcilingProvider"/>.
/// </summary>
public interface IMediaProvider
{
    /// <summary>The configured name: the first part of its model ids.</summary>
    string Name { get; }

    ProviderTraits Traits { get; }

    /// <summary>The models it is known to have. A provider that must ask its server answers with what it last learned, or nothing; it never throws and never blocks for long.</summary>
    ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancel);

    /// <summary>One model by the part of its id after the slash; null when this provider surely does not have it.</summary>
    ValueTask<ModelInfo?> DescribeAsync(string modelName, CancellationToken cancel);

    /// <summary>
    /// Sends the one request that may cost money, at most once. The intent is durable before this is called. Anything after the request may have
    /// reached the provider, and that is not a clear answer, is <see cref="SubmitOutcome.Unknown"/>.
    /// </summary>
    /// <param name="deadline">The engine's own deadline; never a client's token.</param>
    Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken deadline);

    /// <summary>
    /// Looks at a job. Idempotent. May take as long as it needs (the engine keeps renewing the lease): a local renderer does its whole work here
    /// and reports the fraction done, 0 to 1.
    /// </summary>
    Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel);

    /// <summary>Opens a finished result for reading, from <paramref name="offset"/> bytes on where the server can.</summary>
    Task<OpenOutcome> OpenAsync(RemoteJob job, RemoteOutput output, long offset, CancellationToken cancel);
}

/// <summary>A provider that can stop a job when asked.</summary>
public interface ICancellingProvider
{
    /// <summary>True when the provider says that the job is stopped, or no longer there; false when it goes on.</summary>
    Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel);
}

/// <summary>A provider that can be asked what became of a doubtful create.</summary>
public interface IReconcilingProvider
{
    /// <summary>
    /// The one job there that can only be this submission. A provider that could not be asked is <see cref="FindOutcome.Unreachable"/>, never
    /// <see cref="FindOutcome.NotThere"/>: an outage must not make the job one of unknown fate. Never creates anything.
    /// </summary>
    /// <param name="sentAt">When the intent was committed.</param>
    /// <param name="isOwned">True for remote ids that another job of ours owns already.</param>
    Task<FindOutcome> FindAsync(Submission submission, DateTimeOffset sentAt, Func<string, Task<bool>> isOwned, CancellationToken cancel);
}

/// <summary>How the engine should treat a provider.</summary>
public sealed record ProviderTraits
{
    /// <summary>Most calls under way at once: from all machines that share a database together, and from one process where they share none.</summary>
    public int MaxConcurrent { get; init; } = 16;

    /// <summary>True where <see cref="MaxConcurrent"/> is what one machine can do, as for a renderer that runs on it.</summary>
    public bool IsPerMachine { get; init; }

    /// <summary>The shortest pause between two looks at one job.</summary>
    public TimeSpan MinPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a create may take until its fate is unknown.</summary>
    public TimeSpan SubmitTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long after the submission a job may run before it is <c>expired</c> here.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(2);

    /// <summary>True only where sending a create twice cannot cost twice: a local renderer, or an idempotency key the provider honours.</summary>
    public bool RepeatableSubmit { get; init; }
}
