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
    public async Task BigDownload_ArrivesWhole()
    {
        await using var scene = await LabFixture.StartAsync();

        var run = await scene.CreateAsync("bytes=200000000");

        run.ExitCode.ShouldBe(0, run.Error);
        new FileInfo(scene.Kinora.PathOf(run.Json.GetProperty("saved_to").GetString()!)).Length.ShouldBe(200_000_000);
    }
}
