namespace Kinora.Health;

/// <summary>Whether a provider is called.</summary>
public enum BreakerState
{
    /// <summary>As usual.</summary>
    Closed,

    /// <summary>Not before the pause is over.</summary>
    Open,

    /// <summary>One job tries whether it answers again.</summary>
    HalfOpen,
}

/// <summary>How a provider answers, as all processes of one data folder see it. Holds nothing of any user, and no address or key.</summary>
/// <param name="Provider">The configured name.</param>
public sealed record ProviderHealth(string Provider)
{
    public BreakerState State { get; init; }

    /// <summary>Faults in a row; while it is not closed, failed probes are among them.</summary>
    public int Faults { get; init; }

    /// <summary>When the present state began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Open: when it is tried again. Half open: when the probe is taken for lost.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What went wrong last, in a sentence of ours; null while all is well.</summary>
    public string? LastFault { get; init; }

    /// <summary>The word for programs.</summary>
    public string Word => State switch
    {
        BreakerState.Closed => "closed",
        BreakerState.Open => "open",
        _ => "half_open",
    };

    /// <summary>True while nobody may call it. A clock that was set back beyond the beginning ends the wait, or it could last for ever.</summary>
    public bool IsShut(DateTimeOffset now) => State != BreakerState.Closed && now >= Since && now < Until;

    /// <summary>Reads <see cref="Word"/> back; what a newer version wrote is taken for closed.</summary>
    public static BreakerState StateOf(string word) => word switch
    {
        "open" => BreakerState.Open,
        "half_open" => BreakerState.HalfOpen,
        _ => BreakerState.Closed,
    };
}
