using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>
/// Killed at every named point, as hard as kill -9, then taken up again by another process: at most one paid create, nothing acknowledged is lost,
/// no file without a row and no row without its file.
/// </summary>
public sealed class CrashTests
{
    private const int Killed = 128 + 9;

    /// <summary>Points that a create passes on its way; what must be true afterwards is the same for all.</summary>
    public static TheoryData<string> PointsOfACreate() =>
        new(CrashPoints.All.Where(p => p is not (CrashPoints.ResultJoined or CrashPoints.MidDelete or CrashPoints.MidMigration or CrashPoints.InRecovery)));

    [Theory]
    [MemberData(nameof(PointsOfACreate))]
    public async Task KilledAtAPoint_IsPaidAtMostOnceAndConverges(string point)
    {
        await using var scene = await LabFixture.StartAsync(dialect: "trtllm");
        var killed = await scene.Kinora.RunAsync(LabFixture.Arguments("running=2", "--idempotency-key", "k"), null, ("KINORA_CRASH_AT", point));
        killed.ExitCode.ShouldBe(Killed, killed.Error);

        // The same command again, as a user or a script would: the key finds the first job.
        var again = await scene.CreateAsync("running=2", "--idempotency-key", "k");

        scene.Creates.ShouldBeLessThanOrEqualTo(1);
        var stage = again.Json.GetProperty("stage").GetString();
        stage.ShouldBeOneOf("completed", "submission_unknown");
        if (stage == "submission_unknown")
        {
            point.ShouldBeOneOf(CrashPoints.IntentCommitted, CrashPoints.ReplyNotRead, CrashPoints.ReplyNotCommitted);
        }

        await AgreesAsync(scene, stage!);
    }

    [Fact]
    public async Task KilledWithTheReplyInHand_IsFoundAgainWhereTheProviderHasAList()
    {
        await using var scene = await LabFixture.StartAsync(dialect: "openai");
        await scene.Kinora.RunAsync(LabFixture.Arguments("running=2", "--idempotency-key", "k"), null, ("KINORA_CRASH_AT", CrashPoints.ReplyNotCommitted));

        var again = await scene.CreateAsync("running=2", "--idempotency-key", "k");

        again.Json.GetProperty("stage").GetString().ShouldBe("completed", again.Error);
        scene.Creates.ShouldBe(1);
    }

    [Fact]
    public async Task KilledAgainAndAgainInRecovery_Converges()
    {
        await using var scene = await LabFixture.StartAsync(dialect: "trtllm");
        var arguments = LabFixture.Arguments("running=2", "--idempotency-key", "k");
        await scene.Kinora.RunAsync(arguments, null, ("KINORA_CRASH_AT", CrashPoints.AcceptedCommitted));
        for (var i = 0; i < 2; i++)
        {
            (await scene.Kinora.RunAsync(arguments, null, ("KINORA_CRASH_AT", CrashPoints.InRecovery))).ExitCode.ShouldBe(Killed);
        }

        var again = await scene.Kinora.RunAsync(arguments);

        again.Json.GetProperty("stage").GetString().ShouldBe("completed", again.Error);
        scene.Creates.ShouldBe(1);
        await AgreesAsync(scene, "completed");
    }

    [Fact]
    public async Task KilledInTheFirstMigration_StartsCleanly()
    {
        using var kinora = new KinoraProgram();
        (await kinora.RunAsync(["list"], null, ("KINORA_CRASH_AT", CrashPoints.MidMigration))).ExitCode.ShouldBe(Killed);

        (await kinora.RunAsync("list", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task KilledInADelete_LeavesNoFileWithoutARow()
    {
        using var kinora = new KinoraProgram();
        var id = (await kinora.RunAsync("create", "A cat", "--size", "320x180", "--seconds", "1", "--json")).Json.GetProperty("id").GetString()!;
        (await kinora.RunAsync(["delete", id], null, ("KINORA_CRASH_AT", CrashPoints.MidDelete))).ExitCode.ShouldBe(Killed);

        // The next engine that starts sweeps.
        await kinora.RunAsync("create", "A dog", "--size", "320x180", "--seconds", "1", "--json");

        var folders = Directory.EnumerateFiles(Path.Combine(kinora.Data, "assets"), "video.mp4", SearchOption.AllDirectories).ToList();
        folders.Count.ShouldBe(1);
        folders[0].ShouldNotContain(id["video_".Length..]);
    }

    [Fact]
    public async Task AnimaticKilledInTheMiddle_IsRenderedAgain()
    {
        using var kinora = new KinoraProgram();
        string[] arguments = ["create", "A cat", "--size", "320x180", "--seconds", "1", "--idempotency-key", "k", "--json"];
        foreach (var point in new[] { CrashPoints.IntentCommitted, CrashPoints.MidPoll, CrashPoints.AssetRenamedNotRecorded })
        {
            (await kinora.RunAsync(arguments, null, ("KINORA_CRASH_AT", point))).ExitCode.ShouldBe(Killed);
        }

        var done = await kinora.RunAsync(arguments);

        done.Json.GetProperty("stage").GetString().ShouldBe("completed", done.Error);
    }

    private static async Task AgreesAsync(LabFixture scene, string stage)
    {
        var jobs = (await scene.Kinora.RunAsync("list", "--json")).Json.GetProperty("data");
        jobs.GetArrayLength().ShouldBe(1);
        var id = jobs[0].GetProperty("id").GetString()!;
        var files = Directory.Exists(Path.Combine(scene.Kinora.Data, "assets"))
            ? Directory.EnumerateFiles(Path.Combine(scene.Kinora.Data, "assets"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order().ToList()
            : [];
        files.ShouldBe(stage == "completed" ? ["spritesheet.jpg", "thumbnail.webp", "video.mp4"] : []);
        Directory.EnumerateFiles(Path.Combine(scene.Kinora.Data, "work"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        if (stage == "completed")
        {
            var downloaded = await scene.Kinora.RunAsync("download", id, "--out", "again.mp4", "--json");
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(scene.Kinora.PathOf("again.mp4"))));
            downloaded.Json.GetProperty("sha256").GetString().ShouldBe(hash);
        }
    }
}
