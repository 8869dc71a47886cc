using System.Net.WebSockets;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

/// <summary>Engine.IO by the letter of its specification, request by request.</summary>
public sealed class EngineTests : IAsyncLifetime
{
    private RealtimeScene _scene = null!;
    private RawClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await RealtimeScene.StartAsync();
        _client = new RawClient(_scene);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _scene.DisposeAsync();
    }

    [Fact]
    public async Task Polling_BeginsWithAnOpenPacket()
    {
        var (status, body) = await _client.GetAsync(RawClient.Polling);

        status.ShouldBe(200);
        body[0].ShouldBe('0');
        var open = JsonDocument.Parse(body[1..]).RootElement;
        open.EnumerateObject().Select(p => p.Name).ShouldBe(["sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"]);
        open.GetProperty("sid").GetString()!.Length.ShouldBe(24);
        open.GetProperty("upgrades").GetRawText().ShouldBe("""["websocket"]""");
        (open.GetProperty("pingInterval").GetInt32(), open.GetProperty("pingTimeout").GetInt32(), open.GetProperty("maxPayload").GetInt32()).ShouldBe((25_000, 20_000, 1_000_000));
    }

    [Fact]
    public async Task WebSocket_BeginsWithAnOpenPacket_WithoutUpgrades()
    {
        using var socket = await _client.ConnectAsync();

        var open = JsonDocument.Parse((await socket.NextAsync())![1..]).RootElement;

        open.GetProperty("upgrades").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("GET", "/socket.io/?transport=polling", """{"code":5,"message":"Unsupported protocol version"}""")]
    [InlineData("GET", "/socket.io/?EIO=abc&transport=polling", """{"code":5,"message":"Unsupported protocol version"}""")]
    [InlineData("GET", "/socket.io/?EIO=3&transport=polling", """{"code":5,"message":"Unsupported protocol version"}""")]
    [InlineData("GET", "/socket.io/?EIO=4", """{"code":0,"message":"Transport unknown"}""")]
    [InlineData("GET", "/socket.io/?EIO=4&transport=abc", """{"code":0,"message":"Transport unknown"}""")]
    [InlineData("GET", "/socket.io/?EIO=4&transport=polling&transport=abc", """{"code":0,"message":"Transport unknown"}""")]
    [InlineData("GET", "/socket.io", """{"code":0,"message":"Transport unknown"}""")]
    [InlineData("POST", RawClient.Polling, """{"code":2,"message":"Bad handshake method"}""")]
    [InlineData("PUT", RawClient.Polling, """{"code":2,"message":"Bad handshake method"}""")]
    [InlineData("GET", RawClient.WebSocket, """{"code":3,"message":"Bad request"}""")]
    [InlineData("GET", RawClient.Polling + "&sid=unknown", """{"code":1,"message":"Session ID unknown"}""")]
    [InlineData("POST", RawClient.Polling + "&sid=unknown", """{"code":1,"message":"Session ID unknown"}""")]
    [InlineData("GET", RawClient.Polling + "&sid=__proto__", """{"code":1,"message":"Session ID unknown"}""")]
    public async Task WrongRequests_Are400WithTheirCodes(string method, string path, string body) =>
        (await _client.SendAsync(new HttpMethod(method), path, null, [])).ShouldBe((400, body));

    [Fact]
    public async Task AWebSocketOfAnUnknownSession_IsRefused() =>
        await Should.ThrowAsync<WebSocketException>(() => _client.ConnectAsync(RawClient.WebSocket + "&sid=unknown"));

    [Theory]
    [InlineData(null, 200)]
    [InlineData("http://127.0.0.1:9999", 200)]
    [InlineData("https://studio.example", 200)]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    public async Task OnlyAllowedOrigins_ComeIn(string? origin, int status)
    {
        using var answer = await _client.AnswerAsync(HttpMethod.Get, RawClient.Polling, null, origin is null ? [] : [("Origin", origin)]);

        ((int)answer.StatusCode).ShouldBe(status);
        answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed).ShouldBe(origin is not null && status == 200);
        allowed?.Single().ShouldBe(origin);
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Fact]
    public async Task APreflight_IsAnsweredToAllowedOriginsOnly()
    {
        using var answer = await _client.AnswerAsync(HttpMethod.Options, RawClient.Polling, null, ("Origin", "https://studio.example"), ("Access-Control-Request-Method", "POST"));
        using var foreign = await _client.AnswerAsync(HttpMethod.Options, RawClient.Polling, null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));

        ((int)answer.StatusCode).ShouldBe(204);
        answer.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldBe("GET, POST");
        ((int)foreign.StatusCode).ShouldBe(403);
        foreign.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        _scene.Count.ShouldBe(0);
    }

    [Fact]
    public async Task AWaitingGet_IsWokenByAMessage_AndAPostAnswersOk()
    {
        var session = await _client.BeginAsync();
        var waiting = _client.GetAsync(session);

        (await _client.PostAsync(session, """40{"token":"token-ann"}""")).ShouldBe((200, "ok"));

        (await waiting).Body.ShouldStartWith("40{\"sid\":");
    }

    [Fact]
    public async Task ASecondGet_EndsTheSession()
    {
        var session = await _client.BeginAsync();
        var both = new[] { _client.GetAsync(session), _client.GetAsync(session) };

        (await Task.WhenAll(both)).ShouldBe([(200, "1"), (400, """{"code":3,"message":"Bad request"}""")], ignoreOrder: true);
        (await _client.GetAsync(session)).Status.ShouldBe(400);
        _scene.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("4abc")]
    [InlineData("42[\"early\"]")]
    [InlineData("43[]")]
    [InlineData("5")]
    [InlineData("2")]
    [InlineData("0{}")]
    [InlineData("bAQID")]
    [InlineData("40\u001e40")]
    [InlineData("40{\"token\":\"token-ann\"}\u001e42{}")]
    [InlineData("40{\"token\":\"token-ann\"}\u001e42abc[\"x\"]")]
    [InlineData("40{\"token\":\"token-ann\"}\u001e451-[\"x\"]\u001e42[\"between\"]")]
    [InlineData("40{\"token\":\"token-ann\"}\u001e459-[\"x\"]")]
    [InlineData("40{\"token\":\"token-ann\"}\u001ebAQID")]
    [InlineData("40{\"token\":\"token-ann\"}\u001e42/admin,[\"x\"]")]
    public async Task MalformedPackets_EndTheSession(string body)
    {
        var session = await _client.BeginAsync();

        await _client.PostAsync(session, body == "40\u001e40" ? "40{\"token\":\"token-ann\"}\u001e40{\"token\":\"token-ann\"}" : body);

        (await _client.GetAsync(session)).Status.ShouldBe(400);
        _scene.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("4abc")]
    [InlineData("42[\"early\"]")]
    [InlineData("")]
    public async Task MalformedMessages_CloseTheWebSocket(string text)
    {
        using var socket = await _client.ConnectAsync("ann", signIn: false);

        await socket.SendAsync(text);

        (await socket.NextAsync()).ShouldBeNull();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.ProtocolError);
        await _scene.UntilCountAsync(0);
    }

    [Fact]
    public async Task AClosePacket_EndsTheSession()
    {
        var session = await _client.BeginAsync();

        (await _client.PostAsync(session, "1")).ShouldBe((200, "ok"));

        (await _client.GetAsync(session)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task AnUpgrade_TakesWhatWaitsAlong_AndEndsPolling()
    {
        var session = await _client.BeginAsync();
        var waiting = _client.GetAsync(session);
        using var socket = await _client.ConnectAsync(session.Replace("polling", "websocket", StringComparison.Ordinal));
        await socket.SendAsync("2probe");

        (await socket.NextAsync()).ShouldBe("3probe");
        (await waiting).ShouldBe((200, "6"));
        (await _client.GetAsync(session)).ShouldBe((200, "6"), "until the upgrade packet every GET ends at once");
        (await _client.PostAsync(session, """40{"token":"token-ann"}""")).Status.ShouldBe(200);
        await socket.SendAsync("5");
        (await socket.NextAsync())!.ShouldStartWith("40{\"sid\":");
        (await _client.GetAsync(session)).ShouldBe((400, """{"code":3,"message":"Bad request"}"""));
        await Should.ThrowAsync<WebSocketException>(() => _client.ConnectAsync(session.Replace("polling", "websocket", StringComparison.Ordinal)));
        await socket.SendAsync("42" + """7["request_video_status",{}]""");
        (await socket.NextAsync()).ShouldBe("""437[{"error":"video_id is required","code":"invalid_request"}]""");
    }

    [Theory]
    [InlineData("2prob")]
    [InlineData("5")]
    [InlineData("40")]
    [InlineData("garbage")]
    public async Task AnUpgradeThatGoesWrong_LeavesPollingAsItWas(string first)
    {
        var session = await _client.BeginAsync("ann");
        using (var socket = await _client.ConnectAsync(session.Replace("polling", "websocket", StringComparison.Ordinal)))
        {
            await socket.SendAsync(first);
            (await socket.NextAsync()).ShouldBeNull();
        }

        await _client.PostAsync(session, "42" + """7["request_video_status",{}]""");
        (await _client.GetAsync(session)).Body.ShouldStartWith("437[");
    }

    [Fact]
    public async Task FragmentsAndBinaryMessages_AreUnderstood()
    {
        using var socket = await _client.ConnectAsync("ann", signIn: true);

        foreach (var part in (string[])["4", "", "2", "7[\"request_video", "_status\",{}"])
        {
            await socket.SendAsync(part, end: false);
        }

        await socket.SendAsync("]");
        (await socket.NextAsync())!.ShouldStartWith("437[");
        await socket.SendAsync("452-8[\"request_video_status\",{\"_placeholder\":true,\"num\":0}]");
        await socket.SendAsync([1, 2], end: false);
        await socket.SendAsync([3]);
        await socket.SendAsync(new byte[50_000]);
        (await socket.NextAsync())!.ShouldStartWith("438[");
    }

    [Fact]
    public async Task ADisconnectPacket_LeavesTheRoom_AndAConnectComesBack()
    {
        using var socket = await _client.ConnectAsync("ann", signIn: true);
        await socket.SendAsync("41");
        await socket.SendAsync("""40{"token":"token-ann"}""");
        (await socket.NextAsync())!.ShouldStartWith("40{");

        await _scene.AddAsync("ann");

        (await socket.NextAsync())!.ShouldContain("\"queued\"");
    }

    [Fact]
    public async Task AServerThatStops_TellsPollingAndWebSocketClients()
    {
        var session = await _client.BeginAsync("ann");
        var waiting = _client.GetAsync(session);
        using var socket = await _client.ConnectAsync("ann", signIn: true);

        await _scene.StopAsync();

        (await waiting).ShouldBe((200, "1"));
        (await socket.NextAsync()).ShouldBeNull();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        await _scene.StartAsync();
    }

    [Fact]
    public async Task ABusyDatabaseAtSignIn_ClosesInsteadOfRefusing_SoThatTheClientComesBack()
    {
        _scene.Access.IsBusy = true;
        using var socket = await _client.ConnectAsync("ann", signIn: false);

        await socket.SendAsync("""40{"token":"token-ann"}""");

        (await socket.NextAsync()).ShouldBeNull();
    }
}
