using System.Diagnostics;
using System.Text;

namespace Kinora.Bench.Mcp;

/// <summary>
/// How long an answer takes while 500 looks a second come in over HTTP, whatever the server does: each call has its time in a schedule, and its latency counts
/// from that time, so that a server which stalls cannot hold back the calls that would have shown it.
/// </summary>
internal static class McpRate
{
    private const int PerSecond = 500;
    private const int Slices = 4;
    private const int SliceSeconds = 5;
    private const int Connections = 32;

    public static async Task RunAsync(McpScene scene)
    {
        var id = await scene.MakeVideoAsync();
        var (older, modern) = (new StatusCall(id, modern: false), new StatusCall(id, modern: true));
        using var kinora = await scene.KinoraHttpAsync();
        using var peer = await scene.PeerHttpAsync();
        var health = Encoding.ASCII.GetBytes($"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{kinora.Url.Port}\r\n\r\n");
        var contenders = new[]
        {
            Calls("kinora, 2026-07-28", kinora, modern, null),
            Calls("kinora, session", kinora, older, await kinora.OpenSessionAsync()),
            Calls("peer stand-in", peer, older, await peer.OpenSessionAsync()),
            new Contender("kinora /health (floor)", kinora.Url, () => (connection, _) => connection.Exchange(health)),
        };
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

        McpBench.Print($"mcp rate: get_video_status over HTTP, {PerSecond} a second by schedule for {Slices} times {SliceSeconds} s in turn (goal: p50 at most 1 ms, p99 5 ms)");
        foreach (var c in contenders)
        {
            McpBench.Print(
                $"{c.Name,-24} p50 {At(c.Latencies, 0.5):0.00}  p99 {At(c.Latencies, 0.99):0.00}  p99.9 {At(c.Latencies, 0.999):0.00}  worst {c.Latencies.Max():0.0} ms  (sent late: p50 {At(c.Lateness, 0.5):0.00}, p99 {At(c.Lateness, 0.99):0.00} ms)");
        }
    }

    private static Contender Calls(string name, HttpServer server, StatusCall call, string? session) => new(name, server.Url, () =>
    {
        var request = server.Request(call, session);
        return (connection, n) => McpLoad.Exchange(connection, request, call, n);
    });

    /// <summary>The connections take turns, a thread each.</summary>
    private static void Slice(Contender contender, int seconds)
    {
        var begin = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        Task.WaitAll(Enumerable.Range(0, Connections).Select(turn => Task.Factory.StartNew(
            () =>
            {
                using var connection = new HttpConnection(contender.Url);
                var exchange = contender.Exchange();
                for (var n = turn; n < seconds * PerSecond; n += Connections)
                {
                    var due = begin + (n * Stopwatch.Frequency / PerSecond);
                    ExactSleep.Until(due);
                    var late = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
                    exchange(connection, n);
                    contender.Add(late, Stopwatch.GetElapsedTime(due).TotalMilliseconds);
                }
            },
            TaskCreationOptions.LongRunning)).ToArray());
    }

    private static double At(List<double> values, double part) => values.Order().ElementAt((int)(values.Count * part));

    /// <param name="Exchange">Makes the exchange of one connection.</param>
    private sealed record Contender(string Name, Uri Url, Func<Action<HttpConnection, int>> Exchange)
    {
        private readonly Lock _gate = new();

        public List<double> Latencies { get; } = [];

        public List<double> Lateness { get; } = [];

        public void Add(double late, double latency)
        {
            lock (_gate)
            {
                Lateness.Add(late);
                Latencies.Add(latency);
            }
        }
    }
}
