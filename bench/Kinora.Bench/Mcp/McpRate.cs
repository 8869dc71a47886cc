using System.Text;

namespace Kinora.Bench.Mcp;

/// <summary>How long an answer takes while 500 looks a second come in over HTTP.</summary>
internal static class McpRate
{
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
            new Scheduled("kinora /health (floor)", kinora.Url, () => (connection, _) => connection.Exchange(health)),
        };
        ScheduledLoad.Run(contenders);
        McpBench.Print($"mcp rate: get_video_status over HTTP, {ScheduledLoad.PerSecond} a second by schedule for {ScheduledLoad.Slices} times {ScheduledLoad.SliceSeconds} s in turn (goal: p50 at most 1 ms, p99 5 ms)");
        foreach (var contender in contenders)
        {
            McpBench.Print($"{contender}");
        }
    }

    private static Scheduled Calls(string name, HttpServer server, StatusCall call, string? session) => new(name, server.Url, () =>
    {
        var request = server.Request(call, session);
        return (connection, n) => McpLoad.Exchange(connection, request, call, n);
    });
}
