using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>What a user can get wrong: one clear refusal with every fault, exit code 2, nothing stored.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly KinoraProgram _kinora = new();

    public void Dispose() => _kinora.Dispose();

    public static TheoryData<string[], string[]> Refusals() => new()
    {
        { ["create", "x", "--model", "animatic/nothing"], ["no model", "animatic/storyboard"] },
        { ["create", "x", "--model", "nosuch"], ["no model", "kinora models"] },
        { ["create", "x", "--size", "1281x720"], ["even", "1281x720"] },
        { ["create", "x", "--size", "64x64"], ["128", "64x64"] },
        { ["create", "x", "--size", "huge"], ["WIDTHxHEIGHT", "huge"] },
        { ["create", "x", "--seconds", "0.2"], ["1 to 60", "0.2"] },
        { ["create", "x", "--seconds", "61"], ["1 to 60", "61"] },
        { ["create", "x", "--seconds", "-3"], ["positive"] },
        { ["create", "x", "--seconds", "NaN"], ["positive"] },
        { ["create", ""], ["prompt is empty"] },
        { ["create", "  \n "], ["prompt is empty"] },
        { ["create", "x", "--reference", "missing.png"], ["--reference", "missing.png"] },
        { ["create", "x", "--reference", "."], ["--reference", "folder"] },
        { ["create", "x", "--reference", "text.png"], ["--reference", "PNG, JPEG"] },
        { ["create", "x", "--last-frame", "empty.png"], ["--last-frame", "empty"] },
        { ["create", "x", "--out", "nofolder/x.mp4"], ["does not exist"] },
        { ["create", "x", "--out", "/proc/kinora.mp4"], ["cannot be written"] },
        { ["create", "x", "--out", "."], ["is a folder"] },
        { ["create", "x", "--max-cost", "-1"], ["must not be negative"] },
        { ["create", "x", "--idempotency-key", ""], ["1 to 255"] },
        { ["create", "x", "--seconds", "abc"], ["abc"] },
        { ["create"], ["create --help"] },
        { ["create", "x", "--colour", "red"], ["--colour"] },
        { ["status", "not-an-id"], ["no job with that id"] },
        { ["status", "video_00000000000000000000000000000000"], ["no job with that id"] },
        { ["download", "video_00000000000000000000000000000000"], ["no job with that id"] },
        { ["download", "x", "--variant", "hologram"], ["hologram"] },
        { ["list", "--limit", "0"], ["1 to 1000"] },
        { ["list", "--status", "odd"], ["odd"] },
        { ["extend", "video_00000000000000000000000000000000", "more"], ["no video with that id"] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_SaysWhatIsWrongAndWhatIsAllowed(string[] arguments, string[] says)
    {
        await File.WriteAllTextAsync(_kinora.PathOf("text.png"), "this is no picture");
        await File.WriteAllTextAsync(_kinora.PathOf("empty.png"), "");

        var run = await _kinora.RunAsync(arguments);

        run.ExitCode.ShouldBe(2, run.Error);
        foreach (var part in says)
        {
            run.Error.ShouldContain(part);
        }

        run.Out.ShouldBe("");
        (await _kinora.RunAsync("list", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task AllFaultsOfOneRequest_AreToldAtOnce()
    {
        var run = await _kinora.RunAsync("create", "", "--model", "nosuch", "--size", "odd", "--seconds", "-1", "--reference", "missing.png", "--json");

        run.ExitCode.ShouldBe(2);
        run.Json.GetProperty("error").GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("field").GetString())
            .ShouldBe(["model", "size", "prompt", "seconds", "--reference"], ignoreOrder: true);
    }

    [Fact]
    public async Task PromptOf40000Characters_IsRefusedFromStdin()
    {
        var run = await _kinora.RunAsync(["create", "-"], new string('a', 40_000));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("40,000");
        run.Error.ShouldContain("32,000");
    }

    [Fact]
    public async Task MissingFfmpeg_IsOnePlainSentence()
    {
        _kinora.Environment["KINORA__Media__Ffmpeg"] = "/nonexistent/ffmpeg";

        var run = await _kinora.RunAsync("create", "x");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("ffmpeg");
        var doctor = await _kinora.RunAsync("doctor");
        doctor.ExitCode.ShouldBe(1);
        doctor.Out.ShouldContain("apt-get install ffmpeg");
    }

    [Fact]
    public async Task ConfigurationFaults_AreAllToldAtOnce()
    {
        var run = await _kinora.RunAsync(
            ["list"],
            null,
            ("KINORA__Jobs__LeaseSeconds", "soon"),
            ("KINORA__Jobs__Leese", "1"),
            ("KINORA__Nonsense__X", "1"),
            ("KINORA__Folders__Videos", "films"),
            ("SORA_REFERENCE_PATH", _kinora.Data),
            ("KINORA__Providers__gpu__Kind", "toaster"),
            ("KINORA__Providers__relay__Kind", "openai-videos"),
            ("KINORA__Providers__relay__BaseUrl", "ftp://x"));

        run.ExitCode.ShouldBe(2);
        foreach (var part in new[] { "Jobs:LeaseSeconds", "Jobs:Leese", "Nonsense", "Folders:Videos", "SORA_REFERENCE_PATH", "Providers:gpu:Kind", "Providers:relay:BaseUrl" })
        {
            run.Error.ShouldContain(part);
        }
    }

    [Fact]
    public async Task BrokenSettingsFile_IsNamed()
    {
        Directory.CreateDirectory(_kinora.Data);
        await File.WriteAllTextAsync(Path.Combine(_kinora.Data, "kinora.json"), "{ \"Jobs\": ");

        var run = await _kinora.RunAsync("list");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("kinora.json");
    }
}
