using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Kinora.Server.Security;

/// <summary>
/// How often each caller may do something: a bucket for each that holds a minute's worth and fills evenly. Kept in the memory of this process: it is no
/// budget, it keeps one caller's loop from everybody else.
/// </summary>
/// <param name="perMinute">0: no limit.</param>
internal sealed class CallerRate(int perMinute) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? _buckets = perMinute == 0 ? null : PartitionedRateLimiter.Create<string, string>(
        user => RateLimitPartition.GetTokenBucketLimiter(user, _ => Bucket(perMinute)), StringComparer.Ordinal);

    public int PerMinute => perMinute;

    /// <param name="wait">When it may be tried again; whole seconds.</param>
    public bool TryTake(string user, [NotNullWhen(false)] out int? wait)
    {
        using var lease = _buckets?.AttemptAcquire(user);
        wait = lease is null ? null : Wait(lease);
        return wait is null;
    }

    /// <summary>Null: it may go on; else the whole seconds until it may be tried again.</summary>
    internal static int? Wait(RateLimitLease lease) => lease.IsAcquired ? null
        : lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)) : 1;

    public void Dispose() => _buckets?.Dispose();

    internal static TokenBucketRateLimiterOptions Bucket(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / 60),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / perMinute)),
        QueueLimit = 0,
    };
}
