using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Events;

/// <summary>Something that happened to a job, stored in the same commit as the change itself.</summary>
/// <param name="Sequence">Order of all events of the store; grows.</param>
/// <param name="Kind">Of the job, also of a deleted one.</param>
/// <param name="Type"><see cref="Created"/>, <see cref="Changed"/> or <see cref="Deleted"/>.</param>
public sealed record JobEvent(long Sequence, JobId JobId, string Owner, string Type, DateTimeOffset At, EventData Data, MediaKind Kind)
{
    public const string Created = "created";
    public const string Changed = "changed";
    public const string Deleted = "deleted";
}
