using System.Diagnostics;

namespace Kinora.Bench;

/// <summary>
/// Calls by a schedule: each has its time, whatever the server does, and its latency counts from that time, so that a server which stalls cannot hold back the
/// calls that would have shown it.
/// </summary>
internal static class ScheduledLoad
{
    public const int PerSecond = 500;
    public const int Slices = 4;
    public const int SliceSeconds = 5;
    private const int Connections = 32;

    /// <summary>A warm-up, then slices of all in turn.</summary>
    public static void Run(IReadOnlyList<Scheduled> contenders)
    {
        foreach (var contender in contenders)
        {
            Slice(contender, 3);
            contender.Latencies.Clear();
            contender.Lateness.Clear();
        }

        for (var slice = 0; slice < Slices; slice++)
        {
            foreach (var contender in contenders)
            {
                Slice(contender, SliceSeconds);
            }
        }
    }

    public static double At(List<double> values, double part) => values.Order().ElementAt((int)(values.Count * part));

    /// <summary>The connections take turns, a thread each.</summary>
    private static void Slice(Scheduled contender, int seconds)
    {
        var begin = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        Task.WaitAll(Enumerable.Range(0, Connections).Select(turn => Task.Factory.StartNew(
            () =>
            {
                using var connection = new Mcp.HttpConnection(contender.Url);
                var exchange = contender.Exchange();
                for (var n = turn; n < seconds * PerSecond; n += Connections)
                {
                    var due = begin + (n * Stopwatch.Frequency / PerSecond);
                    Mcp.ExactSleep.Until(due);
                    var late = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
                    exchange(connection, n);
                    contender.Add(late, Stopwatch.GetElapsedTime(due).TotalMilliseconds);
                }
            },
            TaskCreationOptions.LongRunning)).ToArray());
    }
}

/// <param name="Exchange">Makes the exchange of one connection.</param>
internal sealed record Scheduled(string Name, Uri Url, Func<Action<Mcp.HttpConnection, int>> Exchange)
{
    private readonly Lock _gate = new();

    /// <summary>Milliseconds from its time to the answer.</summary>
    public List<double> Latencies { get; } = [];

    /// <summary>Milliseconds from its time to its sending: of the machine, not the server.</summary>
    public List<double> Lateness { get; } = [];

    public void Add(double late, double latency)
    {
        lock (_gate)
        {
            Lateness.Add(late);
            Latencies.Add(latency);
        }
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Name,-24} p50 {ScheduledLoad.At(Latencies, 0.5):0.00}  p99 {ScheduledLoad.At(Latencies, 0.99):0.00}  p99.9 {ScheduledLoad.At(Latencies, 0.999):0.00}  worst {Latencies.Max():0.0} ms  (sent late: p50 {ScheduledLoad.At(Lateness, 0.5):0.00}, p99 {ScheduledLoad.At(Lateness, 0.99):0.00} ms)");
}
