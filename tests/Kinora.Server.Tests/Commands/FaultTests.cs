using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>A provider that misbehaves, met through the command line. The lab's ledger is the only truth about money.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("running=2", "completed", 0, 1)]
    [InlineData("end=failed", "failed", 1, 1)]
    [InlineData("end=moderation", "failed", 1, 1)]
    [InlineData("create=hang_after_accept", "submission_unknown", 1, 1)]
    [InlineData("create=reset_after_accept", "submission_unknown", 1, 1)]
    [InlineData("create=half_json", "submission_unknown", 1, 1)]
    [InlineData("create=html", "submission_unknown", 1, 1)]
    [InlineData("create=500", "submission_unknown", 1, 1)]
    [InlineData("create=429:1*1", "completed", 0, 1)]
    [InlineData("poll=500*3", "completed", 0, 1)]
    [InlineData("poll=backwards", "completed", 0, 1)]
    [InlineData("content=truncated*1", "completed", 0, 1)]
    [InlineData("content=wrong_type", "failed", 1, 1)]
    public async Task Fault_EndsAsItShouldAndIsPaidAtMostOnce(string script, string stage, int exitCode, int creates)
    {
        await using var scene = await LabFixture.StartAsync(dialect: "trtllm");

        var run = await scene.CreateAsync(script);

        run.ExitCode.ShouldBe(exitCode, run.Error);
        run.Json.GetProperty("stage").GetString().ShouldBe(stage);
        scene.Creates.ShouldBeLessThanOrEqualTo(creates);
    }

    [Fact]
    public async Task ProviderThatIsGone_RefusesAndChargesNothing()
    {
        await using var scene = await LabFixture.StartAsync();
        scene.Lab.PlayAlways("model_not_found");

        var run = await scene.CreateAsync("");

        run.ExitCode.ShouldBe(1, run.Error);
        run.Json.GetProperty("status").GetString().ShouldBe("failed");
        scene.Creates.ShouldBe(0);
    }

    [Fact]
    public async Task ProviderNotThere_IsTriedAndThenFailsWithoutACharge()
    {
        await using var scene = await LabFixture.StartAsync();
        scene.Kinora.Environment["KINORA__Providers__lab__BaseUrl"] = "http://127.0.0.1:1/openai/v1";

        var run = await scene.CreateAsync("");

        run.ExitCode.ShouldBe(1, run.Error);
        run.Json.GetProperty("error").GetProperty("code").GetString().ShouldBe("provider_unreachable");
        run.Error.ShouldContain("nothing was charged");
    }

    [Fact]
    public async Task WaitWithoutTheProvidersSettings_SaysSoAndKeepsTheJob()
    {
        await using var scene = await LabFixture.StartAsync();
        await scene.Kinora.RunAsync(LabFixture.Arguments("running=2"), null, ("KINORA_CRASH_AT", "accepted_committed"));
        var settings = new Dictionary<string, string>(scene.Kinora.Environment);
        foreach (var name in settings.Keys.Where(k => k.StartsWith("KINORA__Providers", StringComparison.Ordinal)))
        {
            scene.Kinora.Environment.Remove(name);
        }

        var id = await scene.Kinora.OnlyJobAsync();
        var lost = await scene.Kinora.RunAsync("wait", id);

        lost.ExitCode.ShouldBe(3);
        lost.Error.ShouldContain("\"lab\" is not configured");
        foreach (var (name, value) in settings)
        {
            scene.Kinora.Environment[name] = value;
        }

        (await scene.Kinora.RunAsync("wait", id)).ExitCode.ShouldBe(0);
        scene.Creates.ShouldBe(1);
    }

    [Fact]
    public async Task BigDownload_ArrivesWhole()
    {
        await using var scene = await LabFixture.StartAsync();

        var run = await scene.CreateAsync("bytes=200000000");

        run.ExitCode.ShouldBe(0, run.Error);
        new FileInfo(scene.Kinora.PathOf(run.Json.GetProperty("saved_to").GetString()!)).Length.ShouldBe(200_000_000);
    }
}
