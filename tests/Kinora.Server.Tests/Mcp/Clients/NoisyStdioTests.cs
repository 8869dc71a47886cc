using System.Text.Json;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Clients;

/// <summary>Whatever a client writes, stdout holds JSON-RPC and nothing else, and every request that can be answered is answered once.</summary>
public sealed class NoisyStdioTests
{
    private const int Lines = 500;

    private static readonly (string Method, string Params)[] Requests =
    [
        ("tools/list", "{}"),
        ("tools/call", """{"name":"get_video_status","arguments":{"video_id":"video_none"}}"""),
        ("tools/call", """{"name":"no_such_tool","arguments":{}}"""),
        ("tools/call", """{"name":"create_video","arguments":{"prompt":7}}"""),
        ("tools/call", """{"name":"create_video"}"""),
        ("tools/call", """{"name":"list_videos","arguments":[]}"""),
        ("tools/call", """[]"""),
        ("tools/call", """{"name":null}"""),
        ("tools/call", """{"name":"get_video_status","arguments":{"video_id":"\u0000\u202e{}\n"}}"""),
        ("tools/call", """{"name":"wait_for_video","arguments":{"video_id":"../../etc/passwd"},"_meta":{"progressToken":1}}"""),
        ("resources/read", """{"uri":"file:///etc/passwd"}"""),
        ("resources/read", """{"uri":7}"""),
        ("resources/list", """{"cursor":9}"""),
        ("prompts/get", """{"name":"direct_a_shot"}"""),
        ("prompts/get", """{"name":"\ud83d"}"""),
        ("completion/complete", """{"ref":{"type":"ref/none"},"argument":{}}"""),
        ("completion/complete", "\"x\""),
        ("tasks/get", """{"taskId":"t"}"""),
        ("resources/subscribe", """{"uri":"kinora://videos/none"}"""),
        ("logging/setLevel", """{"level":"loud"}"""),
        ("no/such/method", "{}"),
        ("ping", "{}"),
        ("server/discover", """{"_meta":7}"""),
    ];

    private static readonly string[] Noise =
    [
        "not json at all", "{", "[]", "[1,2,3]", "null", "true", "\"text\"", "{}", """{"jsonrpc":"1.0","id":1}""", """{"jsonrpc":"2.0"}""", "\u0000\u0001",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9999}}""", """{"jsonrpc":"2.0","method":"notifications/none"}""",
        """{"jsonrpc":"2.0","id":77777,"result":{}}""", """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":[]}}""",
        """{"jsonrpc":"2.0","id":{},"method":"ping"}""", """{"jsonrpc":"2.0","method":7}""", "   ", "",
        """{"a":1,"a":2}""", new string('[', 5_000), "{\"jsonrpc\":\"2.0\",\"method\":\"" + new string('x', 100_000) + "\"}",
    ];

    [Fact]
    public async Task Stdout_HoldsOnlyJsonRpc()
    {
        using var kinora = new KinoraProgram();
        var (input, asked) = Write(new Random(20261121));
        var run = await kinora.RunAsync(["mcp"], input);

        run.ExitCode.ShouldBe(0, run.Error);
        var answered = new List<long>();
        foreach (var line in run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var message = json.RootElement;
            message.GetProperty("jsonrpc").GetString().ShouldBe("2.0", line);
            (message.TryGetProperty("method", out _) || message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _)).ShouldBeTrue(line);
            if (message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number)
            {
                answered.Add(id.GetInt64());
            }
        }

        answered.Where(asked.Contains).Order().ShouldBe(asked);
    }

    /// <summary>A greeting, then requests and noise at random; the ids of the requests in order.</summary>
    private static (string Input, List<long> Asked) Write(Random random)
    {
        var lines = new List<string>
        {
            """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"noisy","version":"1"}}}""",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        };
        var asked = new List<long> { 0 };
        for (var i = 1_000; lines.Count < Lines; i++)
        {
            if (random.Next(3) == 0)
            {
                lines.Add(Noise[random.Next(Noise.Length)]);
            }
            else
            {
                var (method, given) = Requests[random.Next(Requests.Length)];
                lines.Add($$"""{"jsonrpc":"2.0","id":{{i}},"method":"{{method}}","params":{{given}}}""");
                asked.Add(i);
            }
        }

        return (string.Join('\n', lines) + "\n", asked);
    }
}
