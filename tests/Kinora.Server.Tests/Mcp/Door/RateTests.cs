using System.Globalization;
using System.Net;
using System.Text.Json;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>One caller in a loop: told when to come again, paid for up to the limit, and no other caller feels it.</summary>
public sealed class RateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CreatesBeyondTheLimit_AreToolErrorsWithATime_AndOtherCallersGoOn(bool tasks)
    {
        await using var scene = await LabFixture.StartAsync();
        scene.Kinora.Environment["KINORA__Mcp__CreatesPerMinute"] = "3";
        scene.Kinora.Environment["KINORA__Server__RequireKey"] = "true";
        await using var served = new ServedProduct(scene.Kinora);
        await served.StartAsync();
        using var ann = new HttpMcp(served.Url, await Keys.CreateAsync(scene.Kinora, "ann"));
        using var bob = new HttpMcp(served.Url, await Keys.CreateAsync(scene.Kinora, "bob"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => CreateAsync(ann, n, tasks)));

        var refused = answers.Where(a => a.TryGetProperty("isError", out _)).ToList();
        // A slow machine may have given one more in the meantime, each 20 s.
        refused.Count.ShouldBeInRange(190, 197);
        foreach (var one in refused)
        {
            one.GetProperty("content")[0].GetProperty("text").GetString()!.ShouldMatch(@"3 a minute are allowed.*call again in \d+ s");
            one.GetProperty("_meta").GetProperty("kinora/code").GetString().ShouldBe("rate_limited");
        }

        (await CreateAsync(bob, 0, tasks)).TryGetProperty("isError", out _).ShouldBeFalse();
        scene.Creates.ShouldBeLessThanOrEqualTo(200 - refused.Count + 1);
    }

    [Fact]
    public async Task CreatesBeyondTheLimit_OverStdioAndInProfiles_AreRefusedToo()
    {
        await using var scene = await LabFixture.StartAsync();
        scene.Kinora.Environment["KINORA__Mcp__CreatesPerMinute"] = "1";
        await using var client = await StdioMcp.StartAsync(scene.Kinora, "--profile", "sora2-mcp");

        var first = await client.ToolAsync("create_video", """{"prompt":"A harbour","seconds":"4"}""");
        var second = await client.ToolAsync("create_video", """{"prompt":"A lighthouse","seconds":"4"}""");

        first.GetProperty("result").TryGetProperty("isError", out _).ShouldBeFalse(first.GetRawText());
        second.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("1 a minute are allowed");
        (await client.ToolAsync("list_videos", "{}")).GetProperty("result").TryGetProperty("isError", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task RequestsBeyondTheLimit_Are429WithRetryAfter_AndOtherCallersGoOn()
    {
        using var kinora = new KinoraProgram();
        kinora.Environment["KINORA__Server__RequestsPerMinute"] = "5";
        kinora.Environment["KINORA__Server__RequireKey"] = "true";
        await using var served = new ServedProduct(kinora);
        await served.StartAsync();
        using var ann = new HttpMcp(served.Url, await Keys.CreateAsync(kinora, "ann"));
        using var bob = new HttpMcp(served.Url, await Keys.CreateAsync(kinora, "bob"));

        var answers = new List<HttpAnswer>();
        for (var n = 0; n < 20; n++)
        {
            answers.Add(await ann.ModernAsync("tools/list", """{"x":1}""", null, Cancel));
        }

        answers.Take(5).ShouldAllBe(a => a.Status == HttpStatusCode.OK);
        var refused = answers.Where(a => a.Status == HttpStatusCode.TooManyRequests).ToList();
        refused.Count.ShouldBeGreaterThan(10);
        int.Parse(refused[0].Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        refused[0].Error.GetProperty("message").GetString()!.ShouldContain("5 a minute");
        (await bob.ModernAsync("tools/list", """{"x":1}""", null, Cancel)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<JsonElement> CreateAsync(HttpMcp client, int n, bool tasks)
    {
        var given = $$$"""{"name":"create_video","arguments":{"prompt":"A harbour, {{{n}}}","model":"lab/lab-video","size":"1280x720","seconds":"4"}}""";
        var answer = await client.ModernAsync("tools/call", given, "create_video", Cancel, tasks);
        return answer.Messages.ShouldHaveSingleItem(answer.Text).GetProperty("result");
    }
}

/// <summary>API keys as the operator makes them.</summary>
internal static class Keys
{
    public static async Task<string> CreateAsync(KinoraProgram kinora, string user, string scope = "read,create")
    {
        var made = await kinora.RunAsync("keys", "create", "--name", user, "--user", user, "--scope", scope);
        made.ExitCode.ShouldBe(0, made.Error);
        return made.Out.TrimEnd();
    }
}
