using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Kinora.Jobs;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>
/// The answer to a create is lost, so the client sends the same again under another request id, as the protocol tells it to: one job, paid once.
/// </summary>
public sealed class LostReplyTests
{
    /// <summary>Under way for as long as the test lasts.</summary>
    private const string Video = """{"prompt":"A harbour at dawn [lab:running=10000]","model":"lab/lab-video","size":"1280x720","seconds":"4"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CrashPoints.RequestParsed, false)]
    [InlineData(CrashPoints.JobCreated, true)]
    public async Task OverStdio_ProcessDies_TheRepeatIsTheSameVideo(string point, bool stored)
    {
        await using var scene = await LabFixture.StartAsync();
        scene.Kinora.Environment["KINORA_CRASH_AT"] = point;
        await using (var dies = await StdioMcp.StartAsync(scene.Kinora))
        {
            await Should.ThrowAsync<EndOfStreamException>(() => dies.ToolAsync("create_video", Video));
        }

        scene.Kinora.Environment.Remove("KINORA_CRASH_AT");
        await RepeatAsync(scene, stored);
    }

    [Fact]
    public async Task OverStdio_KilledWhenTheProviderHasIt_TheRepeatIsTheSameVideo()
    {
        await using var scene = await LabFixture.StartAsync();
        await using (var dies = await StdioMcp.StartAsync(scene.Kinora))
        {
            var unread = dies.ToolAsync("create_video", Video);
            await PaidAsync(scene);
            await dies.KillAsync();
            await unread.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await RepeatAsync(scene, stored: true);
    }

    [Fact]
    public async Task OverStdio_StdinClosedBehindTheCreate_ProcessLeavesInTime_AndTheVideoIsMade()
    {
        await using var scene = await LabFixture.StartAsync();
        await using (var leaves = await StdioMcp.StartAsync(scene.Kinora))
        {
            var unread = leaves.ToolAsync("create_video", Video);
            (await leaves.LeaveAsync(within: TimeSpan.FromSeconds(5))).ShouldBe(0);
            await unread.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await RepeatAsync(scene, stored: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OverHttp_ConnectionCut_TheRepeatIsTheSameVideo(bool modern)
    {
        await using var scene = await LabFixture.StartAsync();
        await using var served = new ServedProduct(scene.Kinora);
        await served.StartAsync();

        using (await SendAsync(new Uri(served.Url), modern))
        {
            await PaidAsync(scene);
        }

        await RepeatAsync(scene, served, stored: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OverHttp_ConnectionCutAtOnce_TheRepeatIsPaidOnce(bool modern)
    {
        await using var scene = await LabFixture.StartAsync();
        await using var served = new ServedProduct(scene.Kinora);
        await served.StartAsync();

        // Where the server hears of the end before it has begun, there is no video yet: either is right.
        (await SendAsync(new Uri(served.Url), modern)).Dispose();

        await RepeatAsync(scene, served, stored: null);
    }

    [Theory]
    [InlineData(CrashPoints.RequestParsed, false)]
    [InlineData(CrashPoints.JobCreated, true)]
    [InlineData(CrashPoints.ReplyNotRead, true)]
    [InlineData(CrashPoints.ReplyNotCommitted, true)]
    public async Task OverHttp_ServerDies_TheRepeatIsTheSameVideo(string point, bool stored)
    {
        await using var scene = await LabFixture.StartAsync();
        await using var served = new ServedProduct(scene.Kinora);
        scene.Kinora.Environment["KINORA_CRASH_AT"] = point;
        await served.StartAsync();
        using (await SendAsync(new Uri(served.Url), modern: true))
        {
            await served.DiedAsync();
        }

        scene.Kinora.Environment.Remove("KINORA_CRASH_AT");
        await served.StartAsync();

        await RepeatAsync(scene, served, stored);
    }

    private static async Task RepeatAsync(LabFixture scene, bool stored)
    {
        await using var client = await StdioMcp.StartAsync(scene.Kinora);
        await RepeatAsync(scene, stored, (tool, given) => client.ToolAsync(tool, given));
    }

    private static async Task RepeatAsync(LabFixture scene, ServedProduct served, bool? stored)
    {
        using var client = new HttpMcp(served.Url);
        await client.OpenAsync(Cancel);
        await RepeatAsync(scene, stored, (tool, given) => client.ToolAsync(tool, given, Cancel));
    }

    private static async Task RepeatAsync(LabFixture scene, bool? stored, Func<string, string, Task<JsonElement>> call)
    {
        // So that the id of the request is another one.
        await call("list_videos", "{}");
        var again = Object(await call("create_video", Video));
        again.TryGetProperty("deduplicated", out _).ShouldBeOneOf([stored ?? true, stored ?? false], again.GetRawText());
        var id = again.GetProperty("id").GetString();
        var clock = Stopwatch.StartNew();
        while (Object(await call("get_video_status", $$"""{"video_id":"{{id}}"}""")).GetProperty("status").GetString() is not "in_progress" and var status)
        {
            status.ShouldBe("queued");
            clock.Elapsed.ShouldBeLessThan(KinoraProgram.Patience);
            await Task.Delay(50, Cancel);
        }

        Object(await call("list_videos", "{}")).GetProperty("data").GetArrayLength().ShouldBe(1);
        scene.Creates.ShouldBe(1);
    }

    private static JsonElement Object(JsonElement answer)
    {
        answer.TryGetProperty("result", out var result).ShouldBeTrue(answer.GetRawText());
        result.TryGetProperty("structuredContent", out var content).ShouldBeTrue(answer.GetRawText());
        return content;
    }

    /// <summary>Sends the whole create; whoever disposes the connection has not read a byte of the answer.</summary>
    private static async Task<TcpClient> SendAsync(Uri url, bool modern)
    {
        string? session = null;
        if (!modern)
        {
            using var hello = new HttpMcp(url.ToString());
            session = (await hello.PostAsync($$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{{StdioMcp.Hello}}}""", Cancel)).Headers.GetValues("Mcp-Session-Id").Single();
        }

        var meta = modern ? ""","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""" : "";
        var body = $$$"""{"jsonrpc":"2.0","id":77,"method":"tools/call","params":{"name":"create_video","arguments":{{{Video}}}{{{meta}}}}}""";
        var headers = modern ? "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: create_video\r\n" : $"MCP-Protocol-Version: 2025-11-25\r\nMcp-Session-Id: {session}\r\n";
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, Cancel);
        await client.GetStream().WriteAsync(
            Encoding.UTF8.GetBytes(
                $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n{headers}"
                + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"),
            Cancel);
        return client;
    }

    private static async Task PaidAsync(LabFixture scene)
    {
        var clock = Stopwatch.StartNew();
        while (scene.Creates == 0)
        {
            clock.Elapsed.ShouldBeLessThan(KinoraProgram.Patience);
            await Task.Delay(20, Cancel);
        }
    }
}
