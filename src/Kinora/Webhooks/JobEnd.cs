using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Webhooks;

/// <summary>A stored event by which a job came to an end. A job that was taken up again has more than one.</summary>
/// <param name="Sequence"><see cref="JobEvent.Sequence"/>.</param>
/// <param name="ErrorCode">One of <see cref="Errors.ErrorCodes"/>; null when it completed.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record JobEnd(
    long Sequence, JobId JobId, MediaKind Kind, string Owner, JobStatus Status, DateTimeOffset At, string? ErrorCode, string? Reason)
{
    /// <summary>Null when the event tells of no end.</summary>
    public static JobEnd? Of(JobEvent happened, MediaKind kind) =>
        happened.Type == JobEvent.Changed && happened.Data.Status is { } word && JobMoves.FromWord(word) is { } status && status.IsFinal()
            ? new JobEnd(happened.Sequence, happened.JobId, kind, happened.Owner, status, happened.At, happened.Data.ErrorCode, happened.Data.Reason)
            : null;
}
