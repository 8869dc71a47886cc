using System.Net;
using System.Text.Json;
using Kinora.Adapters.Backups;
using Kinora.Jobs;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Backups;

/// <summary>From one data folder into another. The lab's ledger tells what was paid, the disk what was kept.</summary>
public sealed class BackupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai", "completed")]
    [InlineData("trtllm", "submission_unknown")]
    public async Task WaitingInTheBackup_AndSentAfterIt_IsNeverSentAgain(string dialect, string stage)
    {
        await using var scene = await LabFixture.StartAsync(dialect);
        await scene.Kinora.RunAsync(LabFixture.Arguments("running=2"), null, ("KINORA_CRASH_AT", CrashPoints.JobCreated));
        var id = await scene.Kinora.OnlyJobAsync();
        var backup = scene.Kinora.PathOf("monday.tar");
        (await scene.Kinora.RunAsync("backup", backup)).ExitCode.ShouldBe(0);
        (await scene.Kinora.RunAsync("wait", id)).ExitCode.ShouldBe(0);
        scene.Creates.ShouldBe(1);

        var restored = await RestoreAsync(scene.Kinora, backup);

        restored.Report.GetProperty("looked_up").GetInt32().ShouldBe(1);
        var after = await scene.Kinora.RunAsync("wait", id, "--json", "--data", restored.Data);
        after.Json.GetProperty("stage").GetString().ShouldBe(stage, after.Out + after.Error);
        scene.Creates.ShouldBe(1);
        if (stage == "submission_unknown")
        {
            after.Error.ShouldContain("restored from a backup");
        }
    }

    [Fact]
    public async Task WaitingForTheBuiltInRenderer_GoesOn()
    {
        using var kinora = new KinoraProgram();
        await kinora.RunAsync(["create", "A fox in the snow", "--size", "320x180", "--seconds", "1"], null, ("KINORA_CRASH_AT", CrashPoints.JobCreated));
        var id = await kinora.OnlyJobAsync();
        (await kinora.RunAsync("backup", kinora.PathOf("copy"))).ExitCode.ShouldBe(0);

        var restored = await RestoreAsync(kinora, kinora.PathOf("copy"));

        (await kinora.RunAsync("wait", id, "--data", restored.Data)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task ResultThatIsNotInTheBackup_IsAskedForAgain_AndNotPaidAgain()
    {
        await using var scene = await LabFixture.StartAsync("openai");
        var made = await scene.CreateAsync("running=1");
        made.ExitCode.ShouldBe(0, made.Error);
        var id = made.Json.GetProperty("id").GetString()!;
        File.Delete(Directory.GetFiles(Path.Combine(scene.Kinora.Data, "assets"), "video.mp4", SearchOption.AllDirectories).ShouldHaveSingleItem());

        var backup = await scene.Kinora.RunAsync("backup", scene.Kinora.PathOf("copy"), "--json");
        backup.Json.GetProperty("missing").GetArrayLength().ShouldBe(1);
        var restored = await RestoreAsync(scene.Kinora, scene.Kinora.PathOf("copy"));

        restored.Report.GetProperty("fetched_again").GetInt32().ShouldBe(1);
        (await scene.Kinora.RunAsync("wait", id, "--data", restored.Data)).ExitCode.ShouldBe(0);
        Directory.GetFiles(Path.Combine(restored.Data, "assets"), "video.mp4", SearchOption.AllDirectories).ShouldHaveSingleItem();
        scene.Creates.ShouldBe(1);
    }

    [Fact]
    public async Task BackedUpUnderLoad_AndRestoredElsewhere_EveryResultIsThere_AndNothingIsSentTwice()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Url = "http://127.0.0.1:0" });
        await using var api = new ServedApi();
        LabFixture.Use(api.Kinora, lab, "openai");
        api.Kinora.Environment["KINORA__Mcp__CreatesPerMinute"] = "100000";
        await api.InitializeAsync();
        var (made, stop) = (0, 0);
        var load = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (Volatile.Read(ref stop) == 0 && Interlocked.Increment(ref made) is <= 48 and var n)
            {
                await api.Admin.StartAsync(new { prompt = $"Harbour {n} [lab:running={n % 4}]", model = "lab/lab-video", size = "1280x720", seconds = "4" });
            }
        }).ToList();
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref made) > 12));

        var backup = await api.Kinora.RunAsync("backup", api.Kinora.PathOf("under-load.tar"), "--json");

        Volatile.Write(ref stop, 1);
        await Task.WhenAll(load);
        backup.ExitCode.ShouldBe(0, backup.Error);
        File.GetUnixFileMode(api.Kinora.PathOf("under-load.tar")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await UntilAsync(async () => await OpenAsync(api.Admin) == 0);
        await api.Served.KillAsync();
        var paid = lab.Ledger.Creates.Count;

        var restored = await RestoreAsync(api.Kinora, api.Kinora.PathOf("under-load.tar"));
        api.Kinora.Environment["KINORA_DATA"] = restored.Data;
        await api.Served.StartAsync();

        // The keys came with it: the token of before is still good.
        using var again = new ApiClient(api.Url, api.Admin.Token);
        await UntilAsync(async () => await OpenAsync(again) == 0);
        lab.Ledger.Creates.Count.ShouldBe(paid);
        var videos = (await again.GetAsync("/api/videos?limit=100")).Json.GetProperty("videos").EnumerateArray().ToList();
        videos.Count.ShouldBeGreaterThan(0);
        foreach (var video in videos.Where(v => v.GetProperty("status").GetString() == "completed"))
        {
            (await again.GetAsync($"/api/videos/{video.GetProperty("id").GetString()}/content")).Status.ShouldBe(HttpStatusCode.OK);
        }

        foreach (var file in Directory.EnumerateFiles(restored.Data, "*.key").Append(Path.Combine(restored.Data, "kinora.db")))
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact]
    public async Task DamagedBackup_OrAFolderInUse_IsRefused_AndNoDatabaseAppears()
    {
        using var kinora = new KinoraProgram();
        (await kinora.RunAsync("list")).ExitCode.ShouldBe(0);
        var backup = kinora.PathOf("copy");
        (await kinora.RunAsync("backup", backup)).ExitCode.ShouldBe(0);
        (await kinora.RunAsync("backup", backup)).Error.ShouldContain("replaces nothing");
        (await kinora.RunAsync("restore", backup)).Error.ShouldContain("not empty");

        var database = Path.Combine(backup, "kinora.db");
        var bytes = await File.ReadAllBytesAsync(database, Cancel);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(database, bytes, Cancel);
        var other = kinora.PathOf("other");
        var run = await kinora.RunAsync("restore", backup, "--data", other);

        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain("kinora.db is not what was backed up");
        File.Exists(Path.Combine(other, "kinora.db")).ShouldBeFalse();
        File.Delete(Path.Combine(backup, "manifest.json"));
        (await kinora.RunAsync("restore", backup, "--data", kinora.PathOf("third"))).Error.ShouldContain("no manifest");
    }

    [Theory]
    [InlineData("../kinora.db")]
    [InlineData("/etc/passwd")]
    [InlineData("inputs/../../x")]
    [InlineData("results/a/b/c")]
    [InlineData("logs/x")]
    [InlineData("kinora.db-wal")]
    [InlineData("")]
    [InlineData("inputs//x")]
    public void NamesOutsideTheDataFolder_OrOfOtherFiles_AreNotAllowed(string name) => BackupNames.IsAllowed(name).ShouldBeFalse();

    [Theory]
    [InlineData("kinora.db")]
    [InlineData("tokens.key")]
    [InlineData("inputs/ab.png")]
    [InlineData("references/people/anna.png")]
    [InlineData("results/0123/video.mp4")]
    public void NamesOfABackup_AreAllowed(string name) => BackupNames.IsAllowed(name).ShouldBeTrue();

    private static async Task<(JsonElement Report, string Data)> RestoreAsync(KinoraProgram kinora, string backup)
    {
        var data = kinora.PathOf("restored");
        var run = await kinora.RunAsync("restore", backup, "--data", data, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        return (run.Json, data);
    }

    private static async Task<int> OpenAsync(ApiClient client) => (await client.GetAsync("/api/videos?limit=100")).Json.GetProperty("videos").EnumerateArray()
        .Count(v => v.GetProperty("status").GetString() is "queued" or "in_progress");

    private static async Task UntilAsync(Func<Task<bool>> so)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(KinoraProgram.Patience);
        while (!await so())
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
