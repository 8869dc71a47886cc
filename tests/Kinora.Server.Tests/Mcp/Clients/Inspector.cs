using System.Text.Json;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Clients;

/// <summary>The official Inspector, from its command line.</summary>
internal static class Inspector
{
    /// <param name="target">A command or an address.</param>
    /// <param name="era">legacy or modern.</param>
    /// <param name="home">Where it may keep its own files.</param>
    public static async Task<JsonElement> RunAsync(string[] target, string era, string home, params string[] arguments)
    {
        var run = await NodeClients.RunAsync(
            NodeClients.Inspector,
            ["--cli", .. target, "--protocol-era", era, "-q", "--format", "json", .. arguments],
            TestContext.Current.CancellationToken,
            ("HOME", home));
        run.ExitCode.ShouldBe(0, run.Everything);
        using var json = JsonDocument.Parse(run.Out);
        return json.RootElement.GetProperty("result").Clone();
    }

    /// <summary>Lists the tools; fails when one has a schema that some client would refuse.</summary>
    public static async Task<string[]> ToolsAsync(string[] target, string era, string home)
    {
        var listed = await RunAsync(target, era, home, "--method", "tools/list", "--strict");
        return [.. listed.GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()!)];
    }

    /// <summary>Starts a video and answers its id.</summary>
    public static async Task<string> CreateAsync(string[] target, string era, string home)
    {
        var called = await RunAsync(
            target, era, home, "--method", "tools/call", "--tool-name", "create_video", "--tool-args-json", """{"prompt":"A cat","size":"320x180","seconds":"1"}""");
        called.TryGetProperty("isError", out var failed);
        failed.ValueKind.ShouldNotBe(JsonValueKind.True, called.GetRawText());
        return called.GetProperty("structuredContent").GetProperty("id").GetString()!;
    }
}
