using System.Diagnostics;
using System.Runtime.InteropServices;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>The main job through its real door, with the built-in renderer: no key, no network.</summary>
public sealed partial class CreateCommandTests : IDisposable
{
    private const int Sigint = 2;
    private static readonly string[] Small = ["--size", "320x180", "--seconds", "1"];

    private readonly KinoraProgram _kinora = new();

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task Create_WritesAPlayableFileOfTheAskedSizeAndLength()
    {
        var run = await _kinora.RunAsync("create", "Shot 1: A paper boat. Shot 2: A sleeping cat.", "--size", "640x360", "--seconds", "2", "--out", "boat.mp4");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.Trim().ShouldBe("boat.mp4");
        var facts = await ProbeAsync(_kinora.PathOf("boat.mp4"));
        facts.ShouldContain("codec_name=h264");
        facts.ShouldContain("codec_name=aac");
        facts.ShouldContain("width=640");
        facts.ShouldContain("height=360");
        facts.ShouldContain("r_frame_rate=24/1");
        facts.ShouldContain("nb_frames=48");
    }

    [Fact]
    public async Task Create_NamesTheFileAfterThePromptAndNeverOverwrites()
    {
        (await _kinora.RunAsync(["create", "A Sleeping, cat!", .. Small])).Out.Trim().ShouldBe("a-sleeping-cat.mp4");
        (await _kinora.RunAsync(["create", "A Sleeping, cat!", .. Small])).Out.Trim().ShouldBe("a-sleeping-cat-2.mp4");

        var taken = await _kinora.RunAsync(["create", "x", .. Small, "--out", "a-sleeping-cat.mp4"]);
        taken.ExitCode.ShouldBe(2);
        taken.Error.ShouldContain("--force");
        (await _kinora.RunAsync("list", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Create_JsonTellsTheJobAndItsFiles()
    {
        var job = (await _kinora.RunAsync(["create", "A lighthouse at dawn", .. Small, "--json"])).Json;

        job.GetProperty("status").GetString().ShouldBe("completed");
        job.GetProperty("progress").GetInt32().ShouldBe(100);
        job.GetProperty("model").GetString().ShouldBe("animatic/storyboard");
        job.GetProperty("saved_to").GetString().ShouldBe("a-lighthouse-at-dawn.mp4");
        job.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("variant").GetString()).ShouldBe(["spritesheet", "thumbnail", "video"], ignoreOrder: true);
    }

    [Fact]
    public async Task Download_WritesEachVariantWithItsHash()
    {
        var job = (await _kinora.RunAsync(["create", "A cat", .. Small, "--json"])).Json;
        var id = job.GetProperty("id").GetString()!;

        foreach (var (variant, name) in new[] { ("video", "v.mp4"), ("thumbnail", "t.webp"), ("spritesheet", "s.jpg") })
        {
            var run = await _kinora.RunAsync("download", id, "--variant", variant, "--out", name, "--json");
            run.ExitCode.ShouldBe(0, run.Error);
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(_kinora.PathOf(name))));
            run.Json.GetProperty("sha256").GetString().ShouldBe(hash);
        }

        (await _kinora.RunAsync("status", job.GetProperty("id").GetString()!["video_".Length..])).ExitCode.ShouldBe(0, "the bare hex form is an id too");
    }

    [Fact]
    public async Task RemixEditExtend_StartFromAFinishedVideo()
    {
        var id = (await _kinora.RunAsync(["create", "A boat on the sea", .. Small, "--json"])).Json.GetProperty("id").GetString()!;

        var extended = await _kinora.RunAsync("extend", id, "It reaches the harbour", "--seconds", "1", "--out", "long.mp4", "--json");
        extended.ExitCode.ShouldBe(0, extended.Error);
        extended.Json.GetProperty("source_id").GetString().ShouldBe(id);
        (await ProbeAsync(_kinora.PathOf("long.mp4"))).ShouldContain("nb_frames=48");

        (await _kinora.RunAsync("remix", id, "A boat in a storm", "--out", "remix.mp4")).ExitCode.ShouldBe(0);
        (await _kinora.RunAsync("edit", id, "Make it night", "--out", "edit.mp4")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Create_SameKeyTwice_MakesOneJob()
    {
        var first = await _kinora.RunAsync(["create", "A cat", .. Small, "--idempotency-key", "k1", "--out", "1.mp4", "--json"]);
        var second = await _kinora.RunAsync(["create", "A cat", .. Small, "--idempotency-key", "k1", "--out", "2.mp4", "--json"]);
        var other = await _kinora.RunAsync(["create", "A dog", .. Small, "--idempotency-key", "k1", "--out", "3.mp4"]);

        second.Json.GetProperty("id").GetString().ShouldBe(first.Json.GetProperty("id").GetString());
        File.Exists(_kinora.PathOf("2.mp4")).ShouldBeTrue();
        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain("idempotency key");
    }

    [Fact]
    public async Task Create_NoWait_LeavesAWorkerThatFinishesIt()
    {
        var run = await _kinora.RunAsync(["create", "A cat", .. Small, "--no-wait"]);
        run.ExitCode.ShouldBe(0, run.Error);
        var id = run.Out.Trim();

        await UntilAsync(async () => (await _kinora.StatusAsync(id)).GetProperty("status").GetString() == "completed");
    }

    [Fact]
    public async Task Create_TimeUp_AnswersFourAndTheJobGoesOn()
    {
        var run = await _kinora.RunAsync("create", "A long walk", "--size", "1280x720", "--seconds", "30", "--timeout", "0.2");

        run.ExitCode.ShouldBe(4, run.Error);
        var id = run.Out.Trim();
        run.Error.ShouldContain($"kinora wait {id}");
        var waited = await _kinora.RunAsync("wait", id, "--json");
        waited.ExitCode.ShouldBe(0, waited.Error);
        waited.Json.GetProperty("status").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task Create_Interrupted_Answers130AndTheJobGoesOn()
    {
        // Tests that run in the background of a script are told to ignore it, and so would the program.
        _kinora.Launcher = ["env", "--default-signal=INT"];
        using var process = _kinora.Start(["create", "A long walk", "--size", "1280x720", "--seconds", "60"]);
        var work = Path.Combine(_kinora.Data, "work");
        await UntilAsync(() => Task.FromResult(Directory.Exists(work) && Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories).Any()));
        Kill(process.Id, Sigint).ShouldBe(0);
        var run = await KinoraProgram.EndAsync(process);

        run.ExitCode.ShouldBe(130, run.Error);
        var id = await _kinora.OnlyJobAsync();
        run.Error.ShouldContain($"kinora wait {id}");
        (await _kinora.StatusAsync(id)).GetProperty("status").GetString().ShouldBeOneOf("queued", "in_progress", "completed");
        (await _kinora.RunAsync("cancel", id)).ExitCode.ShouldBe(0);
        (await _kinora.StatusAsync(id)).GetProperty("error").GetProperty("code").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task FfmpegKilled_IsOnePlainFailureAndLeavesNothing()
    {
        using var process = _kinora.Start(["create", "A long walk", "--size", "1280x720", "--seconds", "60", "--json"]);
        await UntilAsync(() => Task.FromResult(KillFfmpeg()));
        var run = await KinoraProgram.EndAsync(process);

        run.ExitCode.ShouldBe(1, run.Error);
        run.Json.GetProperty("error").GetProperty("code").GetString().ShouldBe("render_failed");
        Directory.EnumerateFiles(Path.Combine(_kinora.Data, "work"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task TwoProcessesOnOneFolder_EachJobHasOneWorker()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => _kinora.RunAsync(["create", $"Cat number {i}", .. Small, "--json"])));

        runs.ShouldAllBe(r => r.ExitCode == 0, string.Join("\n", runs.Select(r => r.Error)));
        runs.Select(r => r.Json.GetProperty("id").GetString()).Distinct().Count().ShouldBe(6);
        runs.ShouldAllBe(r => !r.Error.Contains("locked", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Delete_RemovesTheJobAndItsFiles()
    {
        var id = (await _kinora.RunAsync(["create", "A cat", .. Small, "--json"])).Json.GetProperty("id").GetString()!;

        (await _kinora.RunAsync("delete", id)).ExitCode.ShouldBe(0);

        (await _kinora.RunAsync("status", id)).ExitCode.ShouldBe(2);
        Directory.EnumerateFiles(Path.Combine(_kinora.Data, "assets"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    /// <summary>Kills the encoder of this test's data folder; false while there is none.</summary>
    private bool KillFfmpeg()
    {
        foreach (var encoder in Process.GetProcessesByName("ffmpeg"))
        {
            using (encoder)
            {
                try
                {
                    if (File.ReadAllText($"/proc/{encoder.Id}/cmdline").Contains(_kinora.Data, StringComparison.Ordinal))
                    {
                        encoder.Kill();
                        return true;
                    }
                }
                catch (IOException)
                {
                    // Gone while we looked.
                }
            }
        }

        return false;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            clock.Elapsed.ShouldBeLessThan(KinoraProgram.Patience);
            await Task.Delay(100);
        }
    }

    private static async Task<string> ProbeAsync(string path)
    {
        using var probe = Process.Start(new ProcessStartInfo("ffprobe", ["-v", "error", "-show_streams", "-of", "default=nw=1", path]) { RedirectStandardOutput = true })!;
        return await probe.StandardOutput.ReadToEndAsync();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
