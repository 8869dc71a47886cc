using Kinora.Bench.Mcp;
using Kinora.Bench.Rest;

namespace Kinora.Bench.Gateway;

/// <summary>What <c>GET /v1/videos/{id}</c> adds to an answer, 500 a second by schedule, beside a bare minimal API with the same bytes.</summary>
internal static class GatewayRate
{
    public static async Task RunAsync()
    {
        using var scene = new RestScene();
        var kinora = await scene.KinoraAsync();
        using var http = await RestScene.SignInAsync(kinora.Url);
        var path = $"/v1/videos/video_{Guid.Parse(await RestScene.MakeVideoAsync(http)):N}";
        var bare = await scene.BareAsync(await http.GetByteArrayAsync(path));
        var (ours, floor) = (RestScene.Get(kinora.Url, path, http), RestScene.Get(bare.Url, path.Replace("/v1/", "/api/", StringComparison.Ordinal), http));
        var contenders = new[]
        {
            new Scheduled("kinora /v1/videos/{id}", kinora.Url, () => (connection, _) => connection.Exchange(ours)),
            new Scheduled("bare endpoint", bare.Url, () => (connection, _) => connection.Exchange(floor)),
        };
        ScheduledLoad.Run(contenders);
        McpBench.Print($"gateway rate: {ScheduledLoad.PerSecond} a second by schedule for {ScheduledLoad.Slices} times {ScheduledLoad.SliceSeconds} s in turn");
        foreach (var contender in contenders)
        {
            McpBench.Print($"{contender}");
        }

        McpBench.Print($"added: p50 {Added(0.5):0.00}  p99 {Added(0.99):0.00} ms (goal: at most 1 and 5)");

        double Added(double part) => ScheduledLoad.At(contenders[0].Latencies, part) - ScheduledLoad.At(contenders[1].Latencies, part);
    }
}
