using System.Diagnostics;

namespace Kinora.Bench.Mcp;

/// <summary>
/// What one look costs: <c>get_video_status</c> of a completed video, 64 in flight. Kinora reads its database for each. The peers are thin proxies: each look is a
/// call to the provider, which the stand-in makes to a stub on this machine. The best Node.js peer that was measured on a like machine needed .163 ms of CPU
/// a call over stdio and .422 over HTTP, and answered 6,923 and 2,659 calls a second; the stand-in without a provider shows what the SDK alone costs there.
/// </summary>
internal static class McpCalls
{
    private const int Rounds = 5;
    private const int Calls = 12_000;
    private const int InFlight = 64;

    public static async Task RunAsync(McpScene scene)
    {
        var id = await scene.MakeVideoAsync();
        var (older, modern) = (new StatusCall(id, modern: false), new StatusCall(id, modern: true));
        McpBench.Print($"mcp calls: get_video_status, {InFlight} in flight, {Rounds} rounds of {Calls:N0} calls in turn (medians; CPU of the server, of the bench)");
        using (var kinora = scene.Kinora())
        using (var kinoraModern = scene.Kinora())
        using (var peer = scene.Peer())
        using (var constant = scene.Peer(asksProvider: false))
        {
            foreach (var server in new[] { kinora, peer, constant })
            {
                server.Open();
            }

            Report("stdio", 0.5, 1.7, Measure(
            [
                Stdio("kinora, session", kinora, older),
                Stdio("kinora, 2026-07-28", kinoraModern, modern),
                Stdio("peer stand-in", peer, older),
                Stdio("peer without provider", constant, older),
            ]));
        }

        using (var kinora = await scene.KinoraHttpAsync())
        using (var peer = await scene.PeerHttpAsync())
        using (var constant = await scene.PeerHttpAsync(asksProvider: false))
        {
            Report("http", 0.4, 2, Measure(
            [
                Http("kinora, 2026-07-28", kinora, modern, null),
                Http("kinora, session", kinora, older, await kinora.OpenSessionAsync()),
                Http("peer stand-in", peer, older, await peer.OpenSessionAsync()),
                Http("peer without provider", constant, older, await constant.OpenSessionAsync()),
            ]));
        }
    }

    private static Contender Stdio(string name, StdioServer server, StatusCall call) =>
        new(name, server.ProcessId, calls => McpLoad.OverStdio(server, call, calls, InFlight));

    private static Contender Http(string name, HttpServer server, StatusCall call, string? session) =>
        new(name, server.ProcessId, calls => McpLoad.OverHttp(server, call, session, calls, InFlight));

    private static Contender[] Measure(Contender[] contenders)
    {
        foreach (var contender in contenders)
        {
            // Twice, with a pause in which the compilers behind may finish.
            contender.Run(Calls);
            Thread.Sleep(500);
            contender.Run(Calls);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var (server, bench, began) = (ProcessFigures.Cpu(contender.ProcessId), Own(), Stopwatch.GetTimestamp());
                contender.Run(Calls);
                var took = Stopwatch.GetElapsedTime(began);
                contender.Rate.Add(Calls / took.TotalSeconds);
                contender.Cpu.Add((ProcessFigures.Cpu(contender.ProcessId) - server).TotalMilliseconds / Calls);
                contender.BenchCpu.Add((Own() - bench).TotalMilliseconds / Calls);
            }
        }

        return contenders;
    }

    private static void Report(string transport, double mostCpu, double leastRate, Contender[] contenders)
    {
        foreach (var c in contenders)
        {
            McpBench.Print(
                $"{transport,-5} {c.Name,-22} {c.Cpu.Median():0.000} ms a call  {c.Rate.Median(),6:N0} calls/s ({c.Rate.Min():N0} to {c.Rate.Max():N0})  bench {c.BenchCpu.Median():0.000} ms  peak {ProcessFigures.PeakMiB(c.ProcessId):0} MiB");
        }

        var kinora = contenders[0];
        foreach (var peer in contenders[2..])
        {
            McpBench.Print(
                $"{transport,-5} kinora / {peer.Name}: CPU {Ratio(kinora.Cpu, peer.Cpu):0.00}, calls/s {Ratio(kinora.Rate, peer.Rate):0.00}{(peer == contenders[2] ? FormattableString.Invariant($" (goal: at most {mostCpu}, at least {leastRate})") : "")}");
        }
    }

    private static double Ratio(List<double> ours, List<double> theirs) => ours.Zip(theirs, (o, t) => o / t).Median();

    private static TimeSpan Own() => ProcessFigures.Cpu(Environment.ProcessId);

    private sealed record Contender(string Name, int ProcessId, Action<int> Run)
    {
        public List<double> Rate { get; } = [];

        public List<double> Cpu { get; } = [];

        public List<double> BenchCpu { get; } = [];
    }
}
