using System.ComponentModel.DataAnnotations;

namespace Kinora.Jobs;

/// <summary>Settings <c>Jobs:…</c>.</summary>
public sealed record JobOptions
{
    /// <summary>How long a worker may be silent before another takes its job, in seconds.</summary>
    [Range(2, 600)]
    public double LeaseSeconds { get; init; } = 30;

    /// <summary>How often an idle worker looks for jobs made by other processes, in milliseconds.</summary>
    [Range(10, 10_000)]
    public int IdleMilliseconds { get; init; } = 150;

    /// <summary>How long a finished result may be tried to be fetched, in hours.</summary>
    [Range(0.01, 240)]
    public double CollectHours { get; init; } = 24;

    /// <summary>After how many faults in a row a provider is given a rest: nothing is sent to it, and its jobs wait.</summary>
    [Range(1, 10_000)]
    public int BreakerFaults { get; init; } = 5;

    /// <summary>How long the first such rest lasts, in seconds; each failed try afterwards doubles it, up to 10 minutes.</summary>
    [Range(0.1, 600)]
    public double BreakerSeconds { get; init; } = 30;
}
