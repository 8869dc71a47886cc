namespace Kinora.Nodes;

/// <summary>
/// How often all machines together take creates from somebody: a bucket for each that holds a minute's worth and fills evenly. Each machine has buckets of its
/// own before these, so that a caller's loop does not reach the database.
/// </summary>
public interface ICreateRates
{
    /// <summary>Takes one from every bucket, or from none.</summary>
    /// <returns>The first bucket that is empty and when it has one again; null when all had one.</returns>
    Task<(RateBucket Empty, TimeSpan Wait)?> TakeAsync(IReadOnlyList<RateBucket> buckets, CancellationToken cancel);
}

/// <param name="Name">Whose it is.</param>
/// <param name="PerMinute">At least 1.</param>
public sealed record RateBucket(string Name, int PerMinute)
{
    /// <summary>What each one taken is worth of the minute that the bucket holds.</summary>
    public TimeSpan Interval => TimeSpan.FromMinutes(1) / PerMinute;
}

/// <summary>One machine: its own buckets are all there is.</summary>
public sealed class OneNodeRates : ICreateRates
{
    public Task<(RateBucket Empty, TimeSpan Wait)?> TakeAsync(IReadOnlyList<RateBucket> buckets, CancellationToken cancel) =>
        Task.FromResult<(RateBucket Empty, TimeSpan Wait)?>(null);
}
