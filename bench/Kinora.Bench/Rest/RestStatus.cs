using System.Diagnostics;
using Kinora.Bench.Mcp;

namespace Kinora.Bench.Rest;

/// <summary>What an authenticated status read costs, 64 in flight, beside a bare minimal API that answers with the same bytes. The load comes from the same two cores.</summary>
internal static class RestStatus
{
    private const int Rounds = 5;
    private const int Calls = 16_000;
    private const int InFlight = 64;

    public static async Task RunAsync(RestScene scene)
    {
        var kinora = await scene.KinoraAsync();
        using var http = await RestScene.SignInAsync(kinora.Url);
        var id = await RestScene.MakeVideoAsync(http);
        var bare = await scene.BareAsync(await http.GetByteArrayAsync($"/api/videos/{id}"));
        var contenders = new[]
        {
            new Contender("kinora, token", kinora.Process.Id, kinora.Url, RestScene.Get(kinora.Url, $"/api/videos/{id}", http)),
            new Contender("bare endpoint", bare.Process.Id, bare.Url, RestScene.Get(bare.Url, $"/api/videos/{id}", http)),
            new Contender("kinora /health", kinora.Process.Id, kinora.Url, RestScene.Get(kinora.Url, "/health", null)),
        };
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                contender.Measure(counts: round >= 0);
            }
        }

        McpBench.Print($"rest status: GET /api/videos/:id, {InFlight} in flight, {Rounds} rounds of {Calls:N0} in turn (medians)");
        foreach (var c in contenders)
        {
            McpBench.Print($"{c.Name,-16} {c.Rate.Median(),7:N0} requests/s ({c.Rate.Min():N0} to {c.Rate.Max():N0})  {c.Cpu.Median():0.0000} ms CPU each");
        }

        McpBench.Print($"kinora / bare: requests/s {contenders[0].Rate.Zip(contenders[1].Rate, (o, t) => o / t).Median():0.00} (goal: at least 0.5)");
    }

    private sealed record Contender(string Name, int ProcessId, Uri Url, byte[] Request)
    {
        public List<double> Rate { get; } = [];

        public List<double> Cpu { get; } = [];

        public void Measure(bool counts)
        {
            var (cpu, began) = (ProcessFigures.Cpu(ProcessId), Stopwatch.GetTimestamp());
            Task.WaitAll(Enumerable.Range(0, InFlight).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    using var connection = new HttpConnection(Url);
                    for (var n = 0; n < Calls / InFlight; n++)
                    {
                        connection.Exchange(Request);
                    }
                },
                TaskCreationOptions.LongRunning)).ToArray());
            if (counts)
            {
                Rate.Add(Calls / Stopwatch.GetElapsedTime(began).TotalSeconds);
                Cpu.Add((ProcessFigures.Cpu(ProcessId) - cpu).TotalMilliseconds / Calls);
            }
        }
    }
}
