using System.Text.Json;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>Extensions through the whole program: of a model that has none (the lab as vLLM-Omni, which takes first frames), and of one that has.</summary>
public sealed class ExtendTests
{
    private const int Killed = 128 + 9;

    [Fact]
    public async Task ModelWithoutExtension_MakesTheNewPartFromTheLastFrame_AndJoinsIt()
    {
        await using var scene = await LabFixture.StartAsync("vllm-omni");
        var source = await SourceAsync(scene.Kinora, "lab/lab-video");

        var extended = await scene.Kinora.RunAsync("extend", source, "It sails on", "--seconds", "2", "--out", "long.mp4", "--json");

        extended.ExitCode.ShouldBe(0, extended.Error);
        extended.Json.GetProperty("source_id").GetString().ShouldBe(source);
        extended.Json.GetProperty("seconds").GetDouble().ShouldBe(3, 0.1);
        extended.Json.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()).ShouldHaveSingleItem()!.ShouldContain("lab/lab-video has no extension of its own");
        scene.Creates.ShouldBe(2);
        var create = scene.Lab.Ledger.Creates[^1];
        create.Path.ShouldEndWith("/videos");
        (create.Fields["seconds"], create.Fields["size"]).ShouldBe(("2", "320x180"));
        create.Files.ShouldHaveSingleItem().Field.ShouldBe("input_reference");
    }

    [Theory]
    [InlineData(CrashPoints.AcceptedCommitted)]
    [InlineData(CrashPoints.ResultJoined)]
    public async Task SourceDeleted_WhileTheNewPartIsMade_OrKilledInTheJoin_IsWholeAllTheSame(string point)
    {
        await using var scene = await LabFixture.StartAsync("vllm-omni");
        var source = await SourceAsync(scene.Kinora, "lab/lab-video");

        var id = await ExtendKilledAtAsync(scene.Kinora, source, point);
        (await scene.Kinora.RunAsync("delete", source)).ExitCode.ShouldBe(0);

        var done = await scene.Kinora.RunAsync("wait", id, "--json");
        done.Json.GetProperty("stage").GetString().ShouldBe("completed", done.Out + done.Error);
        done.Json.GetProperty("seconds").GetDouble().ShouldBe(2, 0.1);
        scene.Creates.ShouldBe(2);
        Directory.EnumerateFiles(Path.Combine(scene.Kinora.Data, "work"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task SourceDeleted_WhileAModelOfItsOwnExtends_IsExtendedAllTheSame()
    {
        using var kinora = new KinoraProgram();
        var source = await SourceAsync(kinora, "animatic/storyboard");

        var id = await ExtendKilledAtAsync(kinora, source, CrashPoints.AcceptedCommitted);
        (await kinora.RunAsync("delete", source)).ExitCode.ShouldBe(0);

        var done = await kinora.RunAsync("wait", id, "--json");
        done.Json.GetProperty("stage").GetString().ShouldBe("completed", done.Out + done.Error);
        done.Json.GetProperty("seconds").GetDouble().ShouldBe(2, 0.1);
    }

    [Fact]
    public async Task ExtensionOfAnExtension_GrowsOn()
    {
        await using var scene = await LabFixture.StartAsync("vllm-omni");
        var id = await SourceAsync(scene.Kinora, "lab/lab-video");
        JsonElement last = default;
        for (var n = 0; n < 2; n++)
        {
            var run = await scene.Kinora.RunAsync("extend", id, "On", "--seconds", "1", "--out", $"{n}.mp4", "--json");
            run.ExitCode.ShouldBe(0, run.Error);
            last = run.Json;
            id = last.GetProperty("id").GetString()!;
        }

        last.GetProperty("seconds").GetDouble().ShouldBe(3, 0.15);
    }

    private static async Task<string> SourceAsync(KinoraProgram kinora, string model)
    {
        var run = await kinora.RunAsync("create", "A boat", "--model", model, "--size", "320x180", "--seconds", "1", "--out", "source.mp4", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        return run.Json.GetProperty("id").GetString()!;
    }

    private static async Task<string> ExtendKilledAtAsync(KinoraProgram kinora, string source, string point)
    {
        string[] arguments = ["extend", source, "On", "--seconds", "1", "--idempotency-key", "k", "--json"];
        (await kinora.RunAsync(arguments, null, ("KINORA_CRASH_AT", point))).ExitCode.ShouldBe(Killed);
        var jobs = (await kinora.RunAsync("list", "--json")).Json.GetProperty("data").EnumerateArray().Select(job => job.GetProperty("id").GetString()!);
        return jobs.Single(id => id != source);
    }
}
