using System.Net.Http.Headers;
using System.Text.Json;
using Kinora.Server.Tests.Gateway;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Security;

/// <summary>A key with limits of its own keeps them at every door, and its user's other keys do not feel them.</summary>
public sealed class KeyLimitTests : IAsyncLifetime
{
    private GatewayScene _scene = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabVideos(lab)]);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Rate_OfAKey_HoldsOverAllDoorsTogether()
    {
        var limited = await _scene.KeyAsync("ann", options: ["--creates-per-minute", "3"]);
        (await V1Async(limited, GatewayScene.Animatic)).Status.ShouldBe(200);
        (await RestAsync(limited, GatewayScene.Animatic)).Status.ShouldBe(200);
        (await McpAsync(limited, GatewayScene.Animatic)).Text.ShouldNotContain("rate_limited");

        var refused = await V1Async(limited, GatewayScene.Animatic);

        (refused.Status, refused.RetryAfter).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(429), r => r.RetryAfter.ShouldNotBeNull());
        refused.Text.ShouldContain("3 a minute are allowed with this API key");
        (await RestAsync(limited, GatewayScene.Animatic)).Status.ShouldBe(429);
        (await McpAsync(limited, GatewayScene.Animatic)).Text.ShouldContain("rate_limited");
        (await V1Async(_scene.Key, GatewayScene.Animatic)).Status.ShouldBe(200, "another key of the same user");
    }

    [Fact]
    public async Task Budget_OfAKey_HoldsOverAllDoorsTogether_AndNothingMoreIsSent()
    {
        // The lab's price is not known; the scene counts it as two dollars.
        var limited = await _scene.KeyAsync("ann", options: ["--daily-budget", "5"]);
        (await V1Async(limited, "lab/lab-video")).Status.ShouldBe(200);
        (await RestAsync(limited, "lab/lab-video")).Status.ShouldBe(200);

        var refused = await V1Async(limited, "lab/lab-video");

        refused.Status.ShouldBe(402);
        refused.Text.ShouldContain("$4.00 of the $5.00 of this API key for today");
        (await RestAsync(limited, "lab/lab-video")).Status.ShouldBe(402);
        (await McpAsync(limited, "lab/lab-video")).Text.ShouldContain("budget_exceeded");
        (await V1Async(_scene.Key, "lab/lab-video")).Status.ShouldBe(200, "another key of the same user");
        (await V1Async(limited, GatewayScene.Animatic)).Status.ShouldBe(200, "it costs nothing");
        _scene.Lab.Ledger.Creates.Count.ShouldBeLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData("--creates-per-minute", "0", "from 1 to")]
    [InlineData("--daily-budget", "-1", "0 to")]
    [InlineData("--monthly-budget", "1000000001", "0 to")]
    public async Task WrongLimits_AreRefused(string option, string value, string allowed)
    {
        var made = await _scene.TryKeyAsync("ann", "read,create", option, value);

        made.ExitCode.ShouldNotBe(0);
        made.Error.ShouldContain(allowed);
    }

    private Task<(int Status, string Text, string? RetryAfter)> V1Async(string key, string model) => PostAsync(key, "/v1/videos", new { model, prompt = "A fox", size = "320x180", seconds = "1" });

    private Task<(int Status, string Text, string? RetryAfter)> RestAsync(string key, string model) => PostAsync(key, "/api/videos", new { model, prompt = "A fox", size = "320x180", seconds = 1 });

    private Task<(int Status, string Text, string? RetryAfter)> McpAsync(string key, string model) => PostAsync(key, "/mcp", new
    {
        jsonrpc = "2.0",
        id = 1,
        method = "tools/call",
        @params = new
        {
            name = "create_video",
            arguments = new { model, prompt = "A fox in the snow", size = "320x180", seconds = "1" },
            _meta = new Dictionary<string, object>
            {
                ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
                ["io.modelcontextprotocol/clientInfo"] = new { name = "test", version = "1" },
                ["io.modelcontextprotocol/clientCapabilities"] = new { },
            },
        },
    });

    private async Task<(int Status, string Text, string? RetryAfter)> PostAsync(string key, string path, object body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_scene.BaseUrl, path)) { Content = JsonContent.Create(body, options: new JsonSerializerOptions()) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2026-07-28");
        request.Headers.TryAddWithoutValidation("Mcp-Method", "tools/call");
        request.Headers.TryAddWithoutValidation("Mcp-Name", "create_video");
        using var reply = await http.SendAsync(request, Cancel);
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(Cancel), reply.Headers.RetryAfter?.ToString());
    }
}
