using System.Collections.Concurrent;
using Kinora.Providers;
using Microsoft.Extensions.Logging;

namespace Kinora.Health;

/// <summary>
/// One circuit breaker per provider. It can only delay calls: whether a create may be sent at all is decided elsewhere. What it knows is shared with the
/// other processes through the store and may be a second old.
/// </summary>
public sealed class CircuitBreakers(IHealthStore store, BreakerRules rules, ProviderSet providers, TimeProvider time, ILogger<CircuitBreakers> log)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    /// <summary>How long other jobs wait for a probe before they ask again.</summary>
    private static readonly TimeSpan ProbeWait = TimeSpan.FromSeconds(2);

    /// <summary>On top of the provider's own time for a create, until a probe is taken for lost.</summary>
    private static readonly TimeSpan ProbeSlack = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, ProviderHealth> _known = new();
    private long? _readAt;

    /// <summary>Every configured provider as the store has it now.</summary>
    public async Task<IReadOnlyList<ProviderHealth>> ListAsync(CancellationToken cancel)
    {
        var stored = (await store.ListAsync(cancel)).ToDictionary(h => h.Provider);
        return providers.All.Select(p => stored.GetValueOrDefault(p.Name) ?? new ProviderHealth(p.Name)).ToList();
    }

    /// <summary>Takes over what other processes found out, at most once a second.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        if (_readAt is { } read && time.GetElapsedTime(read) < Age)
        {
            return;
        }

        _readAt = time.GetTimestamp();
        foreach (var health in await store.ListAsync(cancel))
        {
            _known[health.Provider] = health;
        }
    }

    /// <summary>
    /// How many jobs are worth taking: all while it is closed, and while it is open (each is told until when it waits, and its deadlines are looked at);
    /// one to try; none while that one is under way.
    /// </summary>
    public int Room(string provider, int free)
    {
        var health = Known(provider);
        return health.State == BreakerState.Closed ? free
            : !health.IsShut(time.GetUtcNow()) ? Math.Min(free, 1)
            : health.State == BreakerState.Open ? free
            : 0;
    }

    /// <summary>Whether a job may call the provider now.</summary>
    internal async ValueTask<Passage> AskAsync(IMediaProvider provider)
    {
        var health = Known(provider.Name);
        var now = time.GetUtcNow();
        var probe = false;
        if (health.State != BreakerState.Closed && !health.IsShut(now))
        {
            health = await ChangeAsync(provider.Name, before =>
            {
                var after = BreakerRules.Probe(before, provider.Traits.SubmitTimeout + ProbeSlack, now);
                probe = !ReferenceEquals(before, after);
                return after;
            });
        }

        return new Passage(
            probe || health.State == BreakerState.Closed,
            probe,
            health.State == BreakerState.Open,
            health.State == BreakerState.Open ? health.Until!.Value : now + ProbeWait);
    }

    /// <summary>Takes what a call showed. Never fails, and costs nothing while all is well.</summary>
    /// <param name="probe">The call was that of the job let through to try.</param>
    internal async Task HeardAsync(string provider, ProviderSign sign, bool probe)
    {
        if (sign.Fault is { } fault)
        {
            await ChangeAsync(provider, before => rules.AfterFault(before, fault, probe, time.GetUtcNow()));
        }
        else if (sign.Answered && Known(provider) is not { State: BreakerState.Closed, Faults: 0 })
        {
            await ChangeAsync(provider, before => BreakerRules.AfterAnswer(before, time.GetUtcNow()));
        }
    }

    /// <summary>The job let through did not call the provider after all.</summary>
    internal Task ReleaseAsync(string provider) => ChangeAsync(provider, before => BreakerRules.Release(before, time.GetUtcNow()));

    private ProviderHealth Known(string provider) => _known.GetValueOrDefault(provider) ?? new ProviderHealth(provider);

    private async Task<ProviderHealth> ChangeAsync(string provider, Func<ProviderHealth, ProviderHealth> change)
    {
        var before = Known(provider);
        ProviderHealth after;
        try
        {
            after = await store.ChangeAsync(provider, change, CancellationToken.None);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // No job may suffer from it: what this process saw by itself will do until the store works again.
            log.HealthNotStored(provider, fault);
            after = change(before);
        }

        _known[provider] = after;
        if (after.State != before.State)
        {
            log.BreakerMoved(provider, before.Word, after.Word, after.LastFault ?? "It answers.");
        }

        return after;
    }
}

/// <summary>Whether a job may call its provider now.</summary>
/// <param name="Probe">It is the one that tries whether the provider answers again.</param>
/// <param name="FoundShut">The provider was found unreachable within the present pause.</param>
/// <param name="RetryAt">When to ask again.</param>
internal readonly record struct Passage(bool May, bool Probe, bool FoundShut, DateTimeOffset RetryAt);

internal static partial class BreakerLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Provider {Provider}: circuit breaker {From} -> {To}. {Why}")]
    public static partial void BreakerMoved(this ILogger log, string provider, string from, string to, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Provider {Provider}: how it answers cannot be stored now")]
    public static partial void HealthNotStored(this ILogger log, string provider, Exception fault);
}
