using System.Diagnostics;

namespace Kinora.Bench.Mcp;

/// <summary>How long an agent waits for its tools: from the start of the process until <c>initialize</c> and <c>tools/list</c> are answered.</summary>
internal static class McpStart
{
    private const int Runs = 30;
    private const double LongestRatio = 1.15;
    private const double MostMiB = 60;

    public static Task RunAsync(McpScene scene)
    {
        var contenders = new Contender[]
        {
            new("kinora mcp", scene.Kinora),
            new("bare server, same SDK", scene.Bare),
            new("peer stand-in, Node.js", () => scene.Peer()),
        };
        for (var run = 0; run <= Runs; run++)
        {
            foreach (var contender in contenders)
            {
                Measure(contender, counts: run > 0);
            }
        }

        var (kinora, bare) = (contenders[0], contenders[1]);
        McpBench.Print($"mcp start: spawn to initialize and tools/list answered, {Runs} runs in turn (median, fastest, CPU, resident memory)");
        foreach (var c in contenders)
        {
            McpBench.Print($"{c.Name,-24} {c.Times.Median(),4:0} ms  {c.Times.Min(),4:0} ms  {c.Cpu.Median(),4:0} ms  {c.Memory.Median(),3:0} MiB");
        }

        var ratios = kinora.Times.Zip(bare.Times, (k, b) => k / b).Order().ToList();
        McpBench.Print(
            $"kinora / bare            {kinora.Times.Median() / bare.Times.Median():0.00}, of the fastest {kinora.Times.Min() / bare.Times.Min():0.00}, of pairs {ratios.Median():0.00} (goal: at most {LongestRatio}, and {MostMiB} MiB)");
        return Task.CompletedTask;
    }

    private static void Measure(Contender contender, bool counts)
    {
        var began = Stopwatch.GetTimestamp();
        using var server = contender.Start();
        server.Open();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (counts)
        {
            contender.Times.Add(took);
            contender.Cpu.Add(ProcessFigures.Cpu(server.ProcessId).TotalMilliseconds);
            contender.Memory.Add(ProcessFigures.ResidentMiB(server.ProcessId));
        }
    }

    private sealed record Contender(string Name, Func<StdioServer> Start)
    {
        public List<double> Times { get; } = [];

        public List<double> Cpu { get; } = [];

        public List<double> Memory { get; } = [];
    }
}
