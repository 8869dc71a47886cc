using System.Text;
using System.Text.Json.Nodes;
using Kinora.Server.Lab;
using Kinora.Server.Schema;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>
/// Every hostile string in every text field of every tool, through the doors as they ship: a refusal that names the field, or a plain success where the
/// string is a plain one; nothing paid, nothing read or changed outside, and the server goes on.
/// </summary>
public sealed class HostileStringTests
{
    /// <summary>Over HTTP, where each call costs a connection's turn: the fields that become paths, ids or addresses.</summary>
    private static readonly string[] Pointing =

    [
        "filename", "input_filename", "output_filename", "input_reference_filename", "last_frame_filename", "input_reference", "video_id", "previous_video_id", "after",
        "image_id", "response_id", "previous_response_id", "from_image_id", "session_id", "image_path", "reference_image_path", "mask_path", "mask_image_path",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("sora2-mcp")]
    [InlineData("sora-mcp-server")]
    [InlineData("openai-image-mcp")]
    [InlineData("juxin")]
    public async Task OverStdio_EveryFieldOfEveryTool_RefusesOrTakesItAsItIs(string? profile)
    {
        await using var studio = await HostileStudio.StartAsync();
        await using var client = await StdioMcp.StartAsync(studio.Kinora, profile is null ? ["--toolsets", "all"] : ["--profile", profile]);
        var sweep = new HostileSweep(studio, (tool, given) => client.ToolAsync(tool, given));
        foreach (var tool in HostileSweep.Specs(profile))
        {
            foreach (var field in tool.Params.OfType<TextParam>())
            {
                await sweep.FieldAsync(tool, field, HostileStrings.Paths);
            }
        }

        await UrlsAsync(studio, sweep, profile);
        if (profile is null or "sora-mcp-server")
        {
            sweep.Saved.ShouldBeGreaterThan(10, "some of the names are fine");
        }

        client.Others.ShouldBeEmpty();
        (await client.RequestAsync("ping", "{}")).TryGetProperty("result", out _).ShouldBeTrue();
        await studio.NothingHappenedAsync(Cancel);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sora-mcp-server")]
    [InlineData("openai-image-mcp")]
    public async Task OverHttp_EveryFieldThatPointsSomewhere_RefusesOrTakesItAsItIs(string? profile)
    {
        await using var studio = await HostileStudio.StartAsync();
        await using var served = new ServedProduct(studio.Kinora);
        await served.StartAsync(profile is null ? ["--toolsets", "all"] : ["--profile", profile]);
        using var client = new HttpMcp(served.Url);
        await client.OpenAsync(Cancel);
        var sweep = new HostileSweep(studio, (tool, given) => client.ToolAsync(tool, given, Cancel));
        foreach (var tool in HostileSweep.Specs(profile))
        {
            foreach (var field in tool.Params.OfType<TextParam>().Where(p => Pointing.Contains(p.Name)))
            {
                await sweep.FieldAsync(tool, field, HostileStrings.Paths);
            }
        }

        await UrlsAsync(studio, sweep, profile);
        if (profile != "openai-image-mcp")
        {
            sweep.Saved.ShouldBeGreaterThan(10, "some of the names are fine");
        }

        (await client.RequestAsync("ping", "{}", Cancel)).TryGetProperty("result", out _).ShouldBeTrue();
        await studio.NothingHappenedAsync(Cancel);
    }

    [Fact]
    public async Task Prompts_ThatLookLikePaths_AreFinePrompts()
    {
        await using var scene = await Commands.LabFixture.StartAsync();
        await using var client = await StdioMcp.StartAsync(scene.Kinora);
        var prompts = HostileStrings.Paths.Select(HostileStrings.Text).OfType<string>().Where(p => p.Length < 300 && !string.IsNullOrWhiteSpace(p)).Where((_, i) => i % 20 == 0).ToList();

        var ids = new List<string>();
        foreach (var prompt in prompts)
        {
            var made = await client.ObjectAsync("create_video", new JsonObject { ["prompt"] = prompt, ["negative_prompt"] = null, ["size"] = "1280x720", ["seconds"] = "4" });
            ids.Add(made.GetProperty("id").GetString()!);
        }

        foreach (var id in ids)
        {
            (await client.ObjectAsync("wait_for_video", new JsonObject { ["video_id"] = id })).GetProperty("status").GetString().ShouldBe("completed");
        }

        scene.Creates.ShouldBe(prompts.Count);
        scene.Lab.Ledger.Creates.Select(c => c.PromptHash).Order().ShouldBe(prompts.Select(p => LabLedger.Hash(Encoding.UTF8.GetBytes(p))).Order());
    }

    private static async Task UrlsAsync(HostileStudio studio, HostileSweep sweep, string? profile)
    {
        foreach (var tool in HostileSweep.Specs(profile))
        {
            foreach (var field in tool.Params.OfType<TextParam>()
                .Where(p => p.Name.StartsWith("input_reference", StringComparison.Ordinal) || p.Name is "image_path" or "reference_image_path" or "mask_path" or "mask_image_path"))
            {
                await sweep.FieldAsync(tool, field, HostileStrings.Urls(studio.Canary.Port));
            }
        }
    }
}
