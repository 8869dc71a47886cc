namespace Kinora.Events;

/// <summary>What an event says changed; null means unchanged.</summary>
public sealed record EventData
{
    /// <summary>The internal word of <see cref="Jobs.JobMoves.Word"/>.</summary>
    public string? Status { get; init; }

    public string? Reason { get; init; }

    /// <summary>0 to 1.</summary>
    public double? Progress { get; init; }

    public string? ErrorCode { get; init; }
}
