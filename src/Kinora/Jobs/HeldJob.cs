using System.Globalization;
using Kinora.Providers;

namespace Kinora.Jobs;

/// <summary>A job that waits because its provider does not answer anybody: how its reason reads, and which jobs wait at all.</summary>
public static class HeldJob
{
    /// <summary>True when the job's reason says that it waits for its provider.</summary>
    public static bool Is(Job job) => job.Reason.StartsWith(Beginning(job), StringComparison.Ordinal);

    /// <summary>Whether something keeps an open job from going on at present; its reason says what. A job that only waits its turn has no reason.</summary>
    public static bool IsStalled(Job job) => job.Status switch
    {
        JobStatus.Queued => job.Reason.Length > 0,
        // Faults of earlier tries; this one is under way.
        JobStatus.Submitting => Is(job),
        JobStatus.Running or JobStatus.Collecting => job.Faults > 0 || Is(job),
        _ => false,
    };

    /// <summary>Null where the reason must stay: it tells what became of the create.</summary>
    internal static string? Reason(Job job, DateTimeOffset retryAt)
    {
        var at = retryAt.ToUniversalTime().ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return job.Status switch
        {
            JobStatus.Queued => $"{Beginning(job)} Nothing was sent yet; it is tried again at {at}.",
            JobStatus.Running => $"{Beginning(job)} The job there goes on; it is looked at again at {at}.",
            JobStatus.Collecting => $"{Beginning(job)} The result is fetched at {at}.",
            _ => null,
        };
    }

    /// <summary>
    /// Whether its next step would call the provider. A wish to cancel is never kept waiting: it is an explicit act, and what it costs is one look.
    /// </summary>
    internal static bool WouldCall(Job job, IMediaProvider provider) => !job.CancelRequested && job.Status switch
    {
        JobStatus.Queued or JobStatus.Running => true,
        JobStatus.Submitting => provider is IReconcilingProvider || provider.Traits.RepeatableSubmit,
        JobStatus.Collecting => job.Outputs.Any(o => o.WorkFile is null),
        _ => false,
    };

    private static string Beginning(Job job) => $"{job.Provider} is not reachable at present.";
}
