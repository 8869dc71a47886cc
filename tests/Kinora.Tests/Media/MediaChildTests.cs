using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kinora.Adapters.Media;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Media;

public sealed class MediaChildTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_ArgumentsWithShellCharacters_ArriveAsTheyAre()
    {
        var result = await RunAsync("printf", "%s|", "a b", "$(id)", "; rm -rf /", "*", "--");

        result.Succeeded.ShouldBeTrue(result.Summary);
        Encoding.UTF8.GetString(result.Output).ShouldBe("a b|$(id)|; rm -rf /|*|--|");
    }

    [Fact]
    public async Task Run_Environment_HoldsOnlyWhatIsAllowed()
    {
        Environment.SetEnvironmentVariable("KINORA_TEST_SECRET", "sk-live");

        var result = await MediaChild.RunAsync(
            Spec("env") with { Environment = new Dictionary<string, string> { ["EXTRA"] = "1" } }, Cancel);

        var names = Encoding.UTF8.GetString(result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]);
        names.ShouldBe(["PATH", "HOME", "LANG", "EXTRA"], ignoreOrder: true);
    }

    [Fact]
    public async Task Run_FailingProgram_GivesItsCodeAndTheEndOfItsErrors()
    {
        var result = await RunAsync("sh", "-c", "yes abcdefghi | head -c 100000 >&2; echo the end >&2; exit 3");

        result.ExitCode.ShouldBe(3);
        result.Succeeded.ShouldBeFalse();
        result.ErrorTail.Length.ShouldBe(4096);
        result.ErrorTail.ShouldEndWith("the end\n");
    }

    [Fact]
    public async Task Run_MissingProgram_SaysSo()
    {
        var spec = Spec("env") with { Program = "/nowhere/ffmpeg" };

        var fault = await Should.ThrowAsync<KinoraException>(() => MediaChild.RunAsync(spec, Cancel));

        fault.Code.ShouldBe(ErrorCodes.MediaToolMissing);
        fault.Message.ShouldNotContain("/nowhere");
    }

    [Fact]
    public async Task Run_OverTime_KillsTheWholeTree()
    {
        var started = Stopwatch.GetTimestamp();

        var result = await MediaChild.RunAsync(
            Spec("sh", "-c", "sleep 601 & echo $! > grandchild; wait") with { Limits = new MediaChildLimits { Wall = TimeSpan.FromSeconds(0.5) } },
            Cancel);

        result.TimedOut.ShouldBeTrue();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await IsGoneAsync(await File.ReadAllTextAsync(_folder.File("grandchild"), Cancel));
    }

    [Fact]
    public async Task Run_Cancelled_KillsTheChild()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = MediaChild.RunAsync(Spec("sh", "-c", "echo $$ > pid.part; mv pid.part pid; exec sleep 602"), stop.Token);
        var id = await WrittenAsync("pid");

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => run);
        await IsGoneAsync(id);
    }

    [Fact]
    public async Task Run_MemoryHog_IsStoppedByTheKernel()
    {
        var result = await MediaChild.RunAsync(
            Spec("python3", "-c", "x = bytearray(300 * 1024 * 1024); print(len(x))") with { Limits = new MediaChildLimits { DataBytes = 128L << 20 } },
            Cancel);

        result.ExitCode.ShouldNotBe(0);
        result.ErrorTail.ShouldContain("MemoryError");
    }

    [Fact]
    public async Task Run_EndlessOutputFile_IsCutAtTheLimit()
    {
        var result = await MediaChild.RunAsync(
            Spec("sh", "-c", "exec dd if=/dev/zero of=big bs=1M count=64") with { Limits = new MediaChildLimits { FileBytes = 4L << 20 } },
            Cancel);

        result.ExitCode.ShouldNotBe(0);
        new FileInfo(_folder.File("big")).Length.ShouldBe(4L << 20);
    }

    [Fact]
    public async Task Run_BusyLoop_IsStoppedByItsProcessorTime()
    {
        var result = await MediaChild.RunAsync(
            Spec("sh", "-c", "while :; do :; done") with { Limits = new MediaChildLimits { CpuSeconds = 1 } }, Cancel);

        result.TimedOut.ShouldBeFalse();
        result.ExitCode.ShouldBeGreaterThan(128);
    }

    [Fact]
    public async Task Run_FedThroughThePipe_GivesBackEveryByte()
    {
        var frame = new byte[1_382_400];
        Random.Shared.NextBytes(frame);
        long read = 0;

        var result = await MediaChild.RunAsync(
            Spec("cat") with
            {
                WriteInput = async (pipe, gone) =>
                {
                    for (var i = 0; i < 100; i++)
                    {
                        await pipe.WriteAsync(frame, gone);
                    }
                },
                ReadOutput = async (pipe, gone) =>
                {
                    var buffer = new byte[1 << 16];
                    int count;
                    while ((count = await pipe.ReadAsync(buffer, gone)) > 0)
                    {
                        read += count;
                    }
                },
            },
            Cancel);

        result.Succeeded.ShouldBeTrue(result.Summary);
        read.ShouldBe(100L * frame.Length);
    }

    [Fact]
    public async Task Run_SlowReader_GetsWhatTheChildWroteLast()
    {
        long read = 0;
        var result = await MediaChild.RunAsync(
            Spec("head", "-c", "50000", "/dev/zero") with
            {
                ReadOutput = async (pipe, stop) =>
                {
                    // By then the child is gone.
                    await Task.Delay(200, stop);
                    var buffer = new byte[1000];
                    int count;
                    while ((count = await pipe.ReadAsync(buffer, stop)) > 0)
                    {
                        read += count;
                    }
                },
            },
            Cancel);

        result.Succeeded.ShouldBeTrue(result.Summary);
        read.ShouldBe(50_000);
    }

    [Fact]
    public async Task Run_GrandchildHoldsTheOutput_EndsAtTheWall()
    {
        var result = await MediaChild.RunAsync(
            Spec("sh", "-c", "sleep 606 & echo $! > grandchild") with
            {
                Limits = new MediaChildLimits { Wall = TimeSpan.FromSeconds(0.5) },
                ReadOutput = (pipe, stop) => pipe.CopyToAsync(Stream.Null, stop),
            },
            Cancel);

        result.TimedOut.ShouldBeTrue();
        await IsGoneAsync(await File.ReadAllTextAsync(_folder.File("grandchild"), Cancel));
    }

    [Fact]
    public async Task Run_ChildEndsWhileBeingFed_FailsInsteadOfHanging()
    {
        var result = await MediaChild.RunAsync(
            Spec("sh", "-c", "head -c 100 > /dev/null; echo enough >&2; exit 5") with
            {
                WriteInput = (pipe, gone) =>
                {
                    while (!gone.IsCancellationRequested)
                    {
                        pipe.Write(new byte[1 << 20]);
                    }

                    gone.ThrowIfCancellationRequested();
                    return Task.CompletedTask;
                },
            },
            Cancel);

        result.ExitCode.ShouldBe(5);
        result.InputRefused.ShouldBeTrue();
        result.ErrorTail.ShouldBe("enough\n");
    }

    [Fact]
    public async Task Run_FeederFails_KillsTheChildAndTellsTheFault()
    {
        var spec = Spec("sh", "-c", "echo $$ > pid; exec sleep 603") with
        {
            WriteInput = async (_, _) =>
            {
                await WrittenAsync("pid");
                throw new InvalidOperationException("no more frames");
            },
        };

        var fault = await Should.ThrowAsync<InvalidOperationException>(() => MediaChild.RunAsync(spec, Cancel));

        fault.Message.ShouldBe("no more frames");
        await IsGoneAsync(await WrittenAsync("pid"));
    }

    [Fact]
    public async Task Run_ManyAtOnce_AllEnd()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => RunAsync("sh", "-c", $"exit {i}")));

        results.Select(r => r.ExitCode).ShouldBe(Enumerable.Range(0, 40));
    }

    [Fact]
    public async Task ParentKilled_ChildDiesWithIt()
    {
        using var parent = Process.Start(ChildHost.Start("hold", _folder.Path))!;
        var child = await WrittenAsync("pid");

        parent.Kill(entireProcessTree: false);

        await parent.WaitForExitAsync(Cancel);
        await IsGoneAsync(child);
    }

    private Task<MediaChildResult> RunAsync(string program, params string[] arguments) => MediaChild.RunAsync(Spec(program, arguments), Cancel);

    private MediaChildSpec Spec(string program, params string[] arguments) => new()
    {
        Program = ProgramPath.Find(program).ShouldNotBeNull(),
        Arguments = arguments,
        WorkFolder = _folder.Path,
    };

    private async Task<string> WrittenAsync(string name)
    {
        string text;
        while (!File.Exists(_folder.File(name)) || (text = await File.ReadAllTextAsync(_folder.File(name), Cancel)).Length == 0)
        {
            await Task.Delay(10, Cancel);
        }

        return text;
    }

    /// <summary>The kernel takes a moment after the signal; a zombie that nobody has reaped yet is gone too.</summary>
    private static async Task IsGoneAsync(string processId)
    {
        var status = $"/proc/{int.Parse(processId, CultureInfo.InvariantCulture)}/stat";
        for (var i = 0; i < 300 && IsAlive(status); i++)
        {
            await Task.Delay(10, Cancel);
        }

        IsAlive(status).ShouldBeFalse($"process {processId.Trim()} lives on");
    }

    private static bool IsAlive(string status)
    {
        try
        {
            return !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
