using System.Threading.RateLimiting;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Nodes;

namespace Kinora.Server.Security;

/// <summary>How often a caller may ask for something that costs: so often as every user may, and so often as the key he comes with allows; here, then over all machines.</summary>
/// <param name="perMinute">Of each user, over all his keys; 0: no limit.</param>
internal sealed class CreateRate(int perMinute, ICreateRates everywhere) : IDisposable
{
    private readonly CallerRate _users = new(perMinute);

    // A key's own limit never changes, so its bucket may be remembered with it.
    private readonly PartitionedRateLimiter<LimitedKey> _keys = PartitionedRateLimiter.Create<LimitedKey, string>(
        key => RateLimitPartition.GetTokenBucketLimiter(key.Id, _ => CallerRate.Bucket(key.Limits.CreatesPerMinute!.Value)), StringComparer.Ordinal);

    /// <exception cref="KinoraException"><c>rate_limited</c>, with the seconds to wait.</exception>
    public async Task TakeAsync(Caller caller, CancellationToken cancel)
    {
        TakeHere(caller);
        var buckets = new Dictionary<RateBucket, string>();
        if (caller.Key is { Limits.CreatesPerMinute: { } allowed } key)
        {
            buckets.Add(new RateBucket("key:" + key.Id, allowed), OfKey(allowed));
        }

        if (perMinute > 0)
        {
            buckets.Add(new RateBucket("user:" + caller.UserId, perMinute), OfUser);
        }

        if (buckets.Count > 0 && await everywhere.TakeAsync([.. buckets.Keys], cancel) is var (empty, wait))
        {
            throw Refusal(buckets[empty], Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
        }
    }

    private string OfUser => $"{perMinute} a minute are allowed";

    private void TakeHere(Caller caller)
    {
        if (caller.Key is { Limits.CreatesPerMinute: { } allowed } key)
        {
            using var lease = _keys.AttemptAcquire(key);
            if (CallerRate.Wait(lease) is { } wait)
            {
                throw Refusal(OfKey(allowed), wait);
            }
        }

        if (!_users.TryTake(caller.UserId, out var pause))
        {
            throw Refusal(OfUser, pause.Value);
        }
    }

    public void Dispose()
    {
        _users.Dispose();
        _keys.Dispose();
    }

    private static string OfKey(int allowed) => $"{allowed} a minute are allowed with this API key";

    private static KinoraException Refusal(string allowed, int wait) =>
        new(ErrorCodes.RateLimited, $"Too many creates: {allowed}. Nothing was made or paid; call again in {wait} s, with the same arguments.") { RetryAfterSeconds = wait };
}
