using System.Net;
using System.Text;
using System.Text.Json;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>What is no message, or no message that can be served: the protocol's own error, with the id where there is one, and the connection goes on.</summary>
public sealed class MalformedMessageTests
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int MethodNotFound = -32601;
    private const int InvalidParams = -32602;

    /// <summary>Bytes, the code, and the id as JSON.</summary>
    private static readonly (string Body, int Code, string Id)[] Table =
    [
        ("not json at all", ParseError, "null"),
        ("{", ParseError, "null"),
        ("""{"jsonrpc":"2.0","id":1,"method":"ping"}}""", ParseError, "null"),
        ("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", ParseError, "null"),
        ("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_videos","name":"create_video"}}""", ParseError, "null"),
        ("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_videos","arguments":{"limit":1,"limit":2}}}""", ParseError, "null"),
        ("""{"jsonrpc":"2.0","id":1,"method":"ping",}""", ParseError, "null"),
        ("""{"jsonrpc":"2.0","id":1,"method":"ping"/* */}""", ParseError, "null"),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\"\u0001\"}}", ParseError, "null"),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\"\u00ff\"}}", ParseError, "null"),
        ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":" + new string('[', 200) + new string(']', 200) + "}", ParseError, "null"),
        (new string('[', 100_000), ParseError, "null"),
        ("[]", InvalidRequest, "null"),
        ("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", InvalidRequest, "null"),
        ("""[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]""", InvalidRequest, "null"),
        ("null", InvalidRequest, "null"),
        ("5", InvalidRequest, "null"),
        ("\"ping\"", InvalidRequest, "null"),
        ("{}", InvalidRequest, "null"),
        ("""{"jsonrpc":"2.0"}""", InvalidRequest, "null"),
        ("""{"id":7,"method":"ping"}""", InvalidRequest, "7"),
        ("""{"jsonrpc":"1.0","id":7,"method":"ping"}""", InvalidRequest, "7"),
        ("""{"jsonrpc":2.0,"id":7,"method":"ping"}""", InvalidRequest, "7"),
        ("""{"jsonrpc":"2.0","id":7}""", InvalidRequest, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":5}""", InvalidRequest, "7"),
        ("""{"jsonrpc":"2.0","id":"seven","method":null}""", InvalidRequest, "\"seven\""),
        ("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", InvalidRequest, "null"),
        ("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", InvalidRequest, "null"),
        ("""{"jsonrpc":"2.0","id":[1],"method":"ping"}""", InvalidRequest, "null"),
        ("""{"jsonrpc":"2.0","id":true,"method":"ping"}""", InvalidRequest, "null"),
        ("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", InvalidRequest, "null"),
        ("""{"jsonrpc":"2.0","id":1e400,"method":"ping"}""", InvalidRequest, "null"),
        ("""{"jsonrpc":"2.0","id":7,"method":"ping","params":{"x":{"y":["\ud83d"]}}}""", InvalidRequest, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"ping","params":{"\uDC00":1,"\uDC00":2}}""", ParseError, "null"),
        ("""{"jsonrpc":"2.0","id":7,"method":"no/such/method"}""", MethodNotFound, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":""}""", MethodNotFound, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"Tools/Call","params":{}}""", MethodNotFound, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tasks/get","params":{"taskId":"x"}}""", MethodNotFound, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":[]}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":"x"}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"cursor":9}}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":7}}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tools/call"}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":5}}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"no_such_tool"}}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_videos","arguments":[]}}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_videos","arguments":"{}"}}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"resources/read","params":{"uri":7}}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"prompts/get","params":{"name":"no_such_prompt"}}""", InvalidParams, "7"),
        ("""{"jsonrpc":"2.0","id":7,"method":"completion/complete","params":{"ref":5,"argument":{}}}""", InvalidParams, "7"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OverStdio_EachIsAnsweredByTheRightError()
    {
        using var kinora = new KinoraProgram();
        await using var client = await StdioMcp.StartAsync(kinora);
        var wrong = new List<string>();
        foreach (var (body, code, id) in Table)
        {
            await client.WriteBytesAsync(Bytes(body + "\n"));
            wrong.AddRange(Faults(await client.NextOtherAsync(), body, code, id));
        }

        wrong.ShouldBeEmpty();
        (await client.RequestAsync("ping", "{}")).TryGetProperty("result", out _).ShouldBeTrue();
        client.Others.ShouldBeEmpty();
        (await client.LeaveAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task OverHttp_EachIsAnsweredByTheRightErrorAndStatus()
    {
        await using var served = new ServedProduct();
        await served.StartAsync();
        using var client = new HttpMcp(served.Url);
        await client.OpenAsync(Cancel);
        var wrong = new List<string>();
        foreach (var (body, code, id) in Table)
        {
            var answer = await client.PostAsync(new ByteArrayContent(Bytes(body)), Cancel);
            wrong.AddRange(answer.Messages is [var message] ? Faults(message, body, code, id) : [$"{Shown(body)} was answered by {answer.Text}"]);
            if (answer.Status != (code is ParseError or InvalidRequest ? HttpStatusCode.BadRequest : HttpStatusCode.OK))
            {
                wrong.Add($"{Shown(body)} was answered with {answer.Status}");
            }
        }

        wrong.ShouldBeEmpty();
        (await client.RequestAsync("ping", "{}", Cancel)).TryGetProperty("result", out _).ShouldBeTrue();
    }

    private static IEnumerable<string> Faults(JsonElement answer, string body, int code, string id)
    {
        var right = answer.TryGetProperty("error", out var error) && error.GetProperty("code").GetInt32() == code
            && error.GetProperty("message").GetString()!.Length is >= 10 and <= 300
            && answer.TryGetProperty("id", out var said) && said.GetRawText() == id;
        return right ? [] : [$"{Shown(body)} was answered by {answer.GetRawText()}, not by {code} to {id}"];
    }

    /// <summary>A byte for each character: what is not ASCII is no UTF-8.</summary>
    private static byte[] Bytes(string body) => Encoding.Latin1.GetBytes(body);

    private static string Shown(string body) => body.Length > 120 ? body[..120] : body;
}
