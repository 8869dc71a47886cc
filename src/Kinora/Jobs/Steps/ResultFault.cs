namespace Kinora.Jobs.Steps;

internal enum ResultFaultKind
{
    /// <summary>Try the same link again.</summary>
    Transient,

    /// <summary>The link is dead.</summary>
    Gone,

    /// <summary>It must not be fetched from there.</summary>
    Refused,

    /// <summary>What came is no valid media file.</summary>
    Invalid,

    /// <summary>Our disk is full.</summary>
    NoRoom,

    /// <summary>What came is good, and the store it belongs into does not answer.</summary>
    StoreAway,
}

/// <summary>Fetching a result did not work. Stays within this folder.</summary>
internal sealed class ResultFault(ResultFaultKind kind, string text, TimeSpan? retryAfter = null) : Exception(text)
{
    public ResultFaultKind Kind { get; } = kind;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
