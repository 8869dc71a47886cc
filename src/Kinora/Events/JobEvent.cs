using Kinora.Jobs;

namespace Kinora.Events;

/// <summary>Something that happened to a job, stored in the same commit as the change itself.</summary>
/// <param name="Sequence">Order of all events of the store; grows.</param>
/// <param name="Type"><c>created</c>, <c>changed</c> or <c>deleted</c>.</param>
public sealed record JobEvent(long Sequence, JobId JobId, string Owner, string Type, DateTimeOffset At, EventData Data);
