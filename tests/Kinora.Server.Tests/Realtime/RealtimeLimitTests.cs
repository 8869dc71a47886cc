using System.Net.WebSockets;
using Kinora.Server.Realtime;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

/// <summary>Whoever passes a limit loses the connection; the others notice nothing.</summary>
public sealed class RealtimeLimitTests
{
    [Fact]
    public async Task WhoNeverSignsIn_IsClosed_OverEitherTransport()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { SignInMilliseconds = 200 });
        using var client = new RawClient(scene);
        var session = await client.BeginAsync();
        using var socket = await client.ConnectAsync();
        await socket.NextAsync();
        await socket.SendAsync("""40{"token":"wrong"}""");

        (await socket.RestAsync()).Single().ShouldBe("""44{"message":"Authentication error"}""");

        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        await scene.UntilCountAsync(0);
        (await client.PostAsync(session, """40{"token":"token-ann"}""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task WhoLeavesTheRoom_MustSignInAgainSoon()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { SignInMilliseconds = 200 });
        using var client = new RawClient(scene);
        using var socket = await client.ConnectAsync("ann", signIn: true);

        await socket.SendAsync("41");

        (await socket.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task WhoAnswersPings_Stays_AndWhoDoesNot_IsGone()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { PingIntervalMilliseconds = 300, PingTimeoutMilliseconds = 2_000 });
        using var client = new RawClient(scene);
        await client.BeginAsync("ann");
        using var silent = await client.ConnectAsync("ann", signIn: true);
        using var lively = await client.ConnectAsync("ann", signIn: true);
        var left = silent.RestAsync();

        while (!left.IsCompleted || scene.Count > 1)
        {
            (await lively.NextAsync(pings: true)).ShouldBe("2");
            await lively.SendAsync("3");
        }

        (await left).ShouldBe(["2"]);
    }

    [Fact]
    public async Task AProbeThatStopsHalfWay_IsClosed_AndPollingGoesOn()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { UpgradeMilliseconds = 100 });
        using var client = new RawClient(scene);
        var session = await client.BeginAsync("ann");
        using var socket = await client.ConnectAsync(session.Replace("polling", "websocket", StringComparison.Ordinal));
        await socket.SendAsync("2probe");
        (await socket.NextAsync()).ShouldBe("3probe");

        (await socket.NextAsync()).ShouldBeNull();

        await client.PostAsync(session, "42" + """7["request_video_status",{}]""");
        (await client.GetAsync(session)).Body.ShouldStartWith("437[");
    }

    [Fact]
    public async Task APayloadTooLarge_ClosesTheConnection()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { MaxPayloadBytes = 10_000 });
        using var client = new RawClient(scene);
        using var socket = await client.ConnectAsync("ann", signIn: true);
        using var inParts = await client.ConnectAsync("ann", signIn: true);
        var (announced, chunked) = (await client.BeginAsync("ann"), await client.BeginAsync("ann"));

        await socket.SendAsync("42[\"" + new string('x', 20_000) + "\"]");
        (await socket.NextAsync()).ShouldBeNull();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);

        for (var i = 0; i < 11; i++)
        {
            await inParts.SendAsync(new byte[1_000], WebSocketMessageType.Binary, end: false);
        }

        (await inParts.NextAsync()).ShouldBeNull();
        (await client.PostAsync(announced, "4" + new string('x', 20_000))).Status.ShouldBe(413);
        using var stream = new StreamContent(new UnknownLength("4" + new string('x', 20_000)));
        (await client.SendAsync(HttpMethod.Post, chunked, stream, [("Transfer-Encoding", "chunked")])).Status.ShouldBe(413);
        await scene.UntilCountAsync(0);
    }

    [Fact]
    public async Task Strangers_MaySayLess()
    {
        await using var scene = await RealtimeScene.StartAsync();
        using var client = new RawClient(scene);
        using var stranger = await client.ConnectAsync("ann", signIn: false);
        using var known = await client.ConnectAsync("ann", signIn: true);
        var session = await client.BeginAsync();

        await stranger.SendAsync("40{\"token\":\"" + new string('x', 20_000) + "\"}");
        (await stranger.NextAsync()).ShouldBeNull();
        (await client.PostAsync(session, "40{\"token\":\"" + new string('x', 20_000) + "\"}")).Status.ShouldBe(413);
        await known.SendAsync("42" + $$"""7["request_video_status",{"more":"{{new string('x', 200_000)}}"}]""");
        (await known.NextAsync())!.ShouldStartWith("437[");
    }

    [Theory]
    [InlineData("3")]
    [InlineData("42[\"x\"]")]
    [InlineData("43[]")]
    public async Task TooManyPackets_CloseTheConnection(string packet)
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { PacketsPerSecond = 10 });
        using var client = new RawClient(scene);
        using var other = await client.ConnectAsync("bob", signIn: true);
        using var socket = await client.ConnectAsync("ann", signIn: true);
        var session = await client.BeginAsync("ann");

        for (var i = 0; i < 200; i++)
        {
            await socket.SendAsync(packet);
        }

        (await socket.NextAsync()).ShouldBeNull();
        await client.PostAsync(session, string.Join('\u001e', Enumerable.Repeat(packet, 200)));
        (await client.PostAsync(session, "3")).Status.ShouldBe(400);
        await other.SendAsync("42" + """7["request_video_status",{}]""");
        (await other.NextAsync())!.ShouldStartWith("437[");
    }

    [Fact]
    public async Task EmptyFragmentsWithoutEnd_CloseTheConnection()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { PacketsPerSecond = 10 });
        using var client = new RawClient(scene);
        using var socket = await client.ConnectAsync("ann", signIn: true);
        for (var i = 0; i < 200; i++)
        {
            await socket.SendAsync("", end: false);
        }

        (await socket.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task MoreConnectionsThanAllowed_AreRefused_UntilOthersHaveLeft()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { MaxPerAddress = 2 });
        using var client = new RawClient(scene);
        var session = await client.BeginAsync();
        using var socket = await client.ConnectAsync("ann", signIn: true);

        (await client.GetAsync(RawClient.Polling)).Status.ShouldBe(429);
        await Should.ThrowAsync<WebSocketException>(() => client.ConnectAsync());

        await client.PostAsync(session, "1");
        (await client.GetAsync(RawClient.Polling)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task MoreConnectionsInAllThanAllowed_AreRefused()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { MaxConnections = 1, MaxPerAddress = 0 });
        using var client = new RawClient(scene);
        await client.BeginAsync();

        (await client.GetAsync(RawClient.Polling)).Status.ShouldBe(503);
    }

    [Fact]
    public async Task WhoDoesNotRead_IsClosed_AndTheOthersGetEverything()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { PacketsPerSecond = 10_000, MaxWaitingBytes = 200_000, MaxWaiting = 10_000 });
        var id = await scene.AddAsync("ann", prompt: new string('p', 30_000));
        using var client = new RawClient(scene);
        using var deaf = await client.ConnectAsync("ann", signIn: true);
        using var other = await client.ConnectAsync("ann", signIn: true);
        (await other.NextAsync())!.ShouldContain(id.Uuid);

        // Far more than the kernel's buffers hold.
        for (var i = 0; i < 2_000 && scene.Count == 2; i++)
        {
            await deaf.SendAsync("42" + $$"""1["request_video_status",{"video_id":"{{id.Uuid}}"}]""");
        }

        await scene.UntilCountAsync(1);
        await scene.MoveAsync(id, Jobs.JobStatus.Running);
        (await other.NextAsync())!.ShouldContain("in_progress");
    }

    [Fact]
    public async Task Compression_IsNotAgreedTo()
    {
        await using var scene = await RealtimeScene.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.CollectHttpResponseDetails = true;

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{scene.Port}{RawClient.WebSocket}"), TestContext.Current.CancellationToken);

        socket.HttpResponseHeaders!.Keys.ShouldNotContain("Sec-WebSocket-Extensions");
    }

    private sealed class UnknownLength(string text) : MemoryStream(System.Text.Encoding.ASCII.GetBytes(text))
    {
        public override bool CanSeek => false;
    }
}
