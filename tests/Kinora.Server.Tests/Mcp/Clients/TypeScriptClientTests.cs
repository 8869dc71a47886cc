using System.Text.Json;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Clients;

/// <summary>The official TypeScript clients, of the older revisions and of the newest, do what an agent does.</summary>
public sealed class TypeScriptClientTests
{
    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task Studio_OverStdio(string era)
    {
        using var kinora = new KinoraProgram();
        var seen = await RunAsync(kinora, "studio.mjs", era, KinoraProgram.Executable, "mcp");

        File.Exists(seen.GetProperty("saved").GetProperty("path").GetString()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task Studio_OverHttp(string era)
    {
        await using var served = new ServedProduct();
        await served.StartAsync();
        var seen = await RunAsync(served.Kinora, "studio.mjs", era, served.Url);

        seen.GetProperty("saved").TryGetProperty("path", out _).ShouldBeFalse("paths are told over stdio only");
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task ServerKilledInAWait_LosesNothing(string era)
    {
        await using var scene = await LabFixture.StartAsync();
        var seen = await RunAsync(scene.Kinora, "killed.mjs", era, "A harbour at dawn [lab:running=40]", KinoraProgram.Executable, "mcp");

        var id = seen.GetProperty("id").GetString();
        seen.GetProperty("seen").GetProperty("id").GetString().ShouldBe(id);
        seen.GetProperty("seen").GetProperty("status").GetString().ShouldBeOneOf("in_progress", "completed");
        seen.GetProperty("waited").GetProperty("id").GetString().ShouldBe(id);
        seen.GetProperty("waited").GetProperty("status").GetString().ShouldBe("completed");
        scene.Creates.ShouldBe(1);
    }

    private static async Task<JsonElement> RunAsync(KinoraProgram kinora, string script, params string[] arguments)
    {
        var environment = kinora.Environment.Select(e => (e.Key, e.Value)).Append(("KINORA_DATA", kinora.Data)).ToArray();
        var run = await NodeClients.RunAsync(script, arguments, TestContext.Current.CancellationToken, environment);
        run.ExitCode.ShouldBe(0, run.Everything);
        using var json = JsonDocument.Parse(run.Out);
        return json.RootElement.Clone();
    }
}
