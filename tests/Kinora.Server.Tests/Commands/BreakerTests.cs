using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Mcp;
using Kinora.Server.Tests.Mcp.Clients;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>A provider that is down, seen from the command line and from an MCP server on the same data folder; then it comes back.</summary>
public sealed class BreakerTests : IDisposable
{
    private readonly KinoraProgram _kinora = new();
    private readonly int _port = FreePort();

    public BreakerTests()
    {
        foreach (var (name, value) in new[]
        {
            ("Providers__lab__Kind", "openai-videos"),
            ("Providers__lab__Dialect", "openai"),
            ("Providers__lab__BaseUrl", $"http://127.0.0.1:{_port}/openai/v1"),
            ("Providers__lab__ApiKey", "lab-key"),
            ("Providers__lab__MinPollSeconds", "0.1"),
            ("Providers__lab__SubmitTimeoutSeconds", "3"),
            ("Jobs__BreakerFaults", "2"),
            ("Jobs__BreakerSeconds", "1"),
        })
        {
            _kinora.Environment["KINORA__" + name] = value;
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task UnreachablePort_IsToldEverywhere_AndTheJobIsMadeWhenItAnswers()
    {
        var created = await _kinora.RunAsync(LabFixture.Arguments("", "--no-wait"));
        created.ExitCode.ShouldBe(0, created.Error);
        var id = created.Json.GetProperty("id").GetString()!;

        var told = await UntilAsync(async () => await _kinora.StatusAsync(id), job => job.GetProperty("reason").GetString()!.Contains("not reachable at present", StringComparison.Ordinal));
        told.GetProperty("status").GetString().ShouldBe("queued");
        var doctor = await _kinora.RunAsync("doctor");
        doctor.ExitCode.ShouldBe(1);
        doctor.Out.ShouldContain("lab is not reachable at present");
        doctor.Out.ShouldContain("Providers:lab:BaseUrl");
        await using (var served = new ServedProduct(_kinora))
        {
            await served.StartAsync("--toolsets", "all");
            using var client = new RawMcp(served.Url, modern: true);
            var stats = await client.ToolAsync("get_server_stats", [], Cancel);
            var lab = stats.GetProperty("structuredContent").GetProperty("providers").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "lab");
            lab.GetProperty("state").GetString().ShouldBeOneOf("open", "half_open");
            lab.GetProperty("last_fault").GetString().ShouldBe("A create could not be handed over.");
            stats.GetRawText().ShouldContain("Not reachable at present: lab");
            stats.GetRawText().ShouldNotContain(_port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        await using var server = await LabServer.StartAsync(new LabOptions { Url = $"http://127.0.0.1:{_port}" }, Cancel);
        var waited = await _kinora.RunAsync("wait", id, "--json");

        waited.ExitCode.ShouldBe(0, waited.Error);
        server.Ledger.Creates.Count.ShouldBe(1);
        (await _kinora.RunAsync("doctor")).Out.ShouldNotContain("reach ");
    }

    [Fact]
    public async Task Errors_CarryWhatToDo()
    {
        var refused = (await _kinora.RunAsync("status", "video_00000000000000000000000000000000", "--json")).Json.GetProperty("error");

        refused.GetProperty("code").GetString().ShouldBe("not_found");
        refused.GetProperty("category").GetString().ShouldBe("input");
        refused.GetProperty("retryable").GetBoolean().ShouldBeFalse();
        refused.GetProperty("suggestion").GetString()!.ShouldEndWith(".");
    }

    [Fact]
    public async Task McpErrors_CarryWhatToDo()
    {
        await using var served = new ServedProduct(_kinora);
        await served.StartAsync();
        using var client = new RawMcp(served.Url, modern: true);

        var meta = (await client.ToolAsync("get_video_status", new JsonObject { ["video_id"] = "video_00000000000000000000000000000000" }, Cancel)).GetProperty("_meta");

        meta.GetProperty("kinora/code").GetString().ShouldBe("not_found");
        meta.GetProperty("kinora/category").GetString().ShouldBe("input");
        meta.GetProperty("kinora/retryable").GetBoolean().ShouldBeFalse();
        meta.GetProperty("kinora/suggestion").GetString()!.ShouldEndWith(".");
    }

    private static async Task<JsonElement> UntilAsync(Func<Task<JsonElement>> look, Func<JsonElement, bool> condition)
    {
        for (var i = 0; i < 100; i++)
        {
            var seen = await look();
            if (condition(seen))
            {
                return seen;
            }

            await Task.Delay(100, Cancel);
        }

        throw new TimeoutException("It did not happen.");
    }

    /// <summary>Nobody listens there until the test does.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
