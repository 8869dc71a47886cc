namespace Kinora.Jobs;

/// <summary>Where a job stands. The allowed moves are in <see cref="JobMoves"/>, nowhere else.</summary>
public enum JobStatus
{
    /// <summary>Stored; nothing was sent.</summary>
    Queued,

    /// <summary>The intent to send is durable; the provider may or may not have it.</summary>
    Submitting,

    /// <summary>The provider has it and gave an id.</summary>
    Running,

    /// <summary>The provider is done; the result is being copied to our store.</summary>
    Collecting,

    /// <summary>The file is here and its hash is right.</summary>
    Completed,

    Failed,
    Cancelled,

    /// <summary>Our deadline passed without an end. The provider may still finish: it can be looked at again.</summary>
    Expired,

    /// <summary>It was sent and no answer proves what became of it. Never sent again by itself.</summary>
    SubmissionUnknown,
}

/// <summary>The one table of allowed moves, and how a state is told outside.</summary>
public static class JobMoves
{
    private static readonly Dictionary<JobStatus, JobStatus[]> Allowed = new()
    {
        [JobStatus.Queued] = [JobStatus.Submitting, JobStatus.Failed, JobStatus.Cancelled],
        [JobStatus.Submitting] =
        [
            JobStatus.Running, JobStatus.Collecting, JobStatus.Queued, JobStatus.Failed, JobStatus.Cancelled, JobStatus.SubmissionUnknown,
        ],
        [JobStatus.Running] = [JobStatus.Collecting, JobStatus.Failed, JobStatus.Cancelled, JobStatus.Expired],
        [JobStatus.Collecting] = [JobStatus.Completed, JobStatus.Failed, JobStatus.Expired],
        [JobStatus.SubmissionUnknown] = [JobStatus.Running, JobStatus.Failed],
        [JobStatus.Expired] = [JobStatus.Running],
        [JobStatus.Completed] = [],
        [JobStatus.Failed] = [],
        [JobStatus.Cancelled] = [],
    };

    /// <summary>True when a job may go from one state to the other. Staying is no move and always allowed while the job is open.</summary>
    public static bool IsAllowed(JobStatus from, JobStatus to) => Array.IndexOf(Allowed[from], to) >= 0;

    /// <summary>True when no worker has anything left to do. <c>expired</c> and <c>submission_unknown</c> can still be taken up again by an explicit act.</summary>
    public static bool IsFinal(this JobStatus status) =>
        status is not (JobStatus.Queued or JobStatus.Submitting or JobStatus.Running or JobStatus.Collecting);

    /// <summary>The snake_case word stored in the database.</summary>
    public static string Word(this JobStatus status) => status switch
    {
        JobStatus.Queued => "queued",
        JobStatus.Submitting => "submitting",
        JobStatus.Running => "running",
        JobStatus.Collecting => "collecting",
        JobStatus.Completed => "completed",
        JobStatus.Failed => "failed",
        JobStatus.Cancelled => "cancelled",
        JobStatus.Expired => "expired",
        JobStatus.SubmissionUnknown => "submission_unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>Reads <see cref="Word"/> back. A newer version's word is unknown here: null, and the row is left alone.</summary>
    public static JobStatus? FromWord(string word) => word switch
    {
        "queued" => JobStatus.Queued,
        "submitting" => JobStatus.Submitting,
        "running" => JobStatus.Running,
        "collecting" => JobStatus.Collecting,
        "completed" => JobStatus.Completed,
        "failed" => JobStatus.Failed,
        "cancelled" => JobStatus.Cancelled,
        "expired" => JobStatus.Expired,
        "submission_unknown" => JobStatus.SubmissionUnknown,
        _ => null,
    };

    /// <summary>The four words every door shows; <c>error.code</c> tells the failed ones apart.</summary>
    public static string PublicWord(this JobStatus status) => status switch
    {
        JobStatus.Queued or JobStatus.Submitting => "queued",
        JobStatus.Running or JobStatus.Collecting => "in_progress",
        JobStatus.Completed => "completed",
        _ => "failed",
    };
}
