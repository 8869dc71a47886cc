using System.Diagnostics;
using Kinora.Adapters.Media.Images;
using Kinora.Errors;
using Kinora.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Media;

/// <summary>Pictures that are too large, of another kind, broken, or too much for the process that reads them: refused, and nothing is left.</summary>
public sealed class HostileImageTests : IDisposable
{
    private static readonly string[] Worker = [.. ChildHost.Command, ImageWorkerCommand.Name];

    private readonly TempFolder _folder = new();
    private readonly ImageCleaner _cleaner = new(new ImageOptions(), Worker);

    private string Output => _folder.File("clean");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> TooLarge => [.. HostileImages.TooLarge.Keys];

    public static TheoryData<string> OtherKinds => [.. HostileImages.OtherKinds.Keys];

    public static TheoryData<string> Damaged => [.. HostileImages.Damaged.Keys];

    public static TheoryData<string> Inflating => [.. HostileImages.Inflating.Keys];

    public void Dispose()
    {
        _cleaner.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(TooLarge))]
    public async Task Clean_TooManyPixels_IsRefusedFromTheHeader(string name)
    {
        var path = _folder.Write(name, HostileImages.TooLarge[name]);
        using var noWorker = new ImageCleaner(new ImageOptions(), ["/bin/false"]);
        var started = Stopwatch.GetTimestamp();

        var fault = await Should.ThrowAsync<KinoraException>(() => noWorker.CleanAsync(path, Output, Cancel));

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMilliseconds(100));
        fault.Code.ShouldBe(ErrorCodes.ImageTooLarge);
        fault.Message.ShouldEndWith("allowed are 16384 pixels a side and 40 million in all.");
        (await Should.ThrowAsync<KinoraException>(() => noWorker.InspectAsync(path, Cancel))).Code.ShouldBe(ErrorCodes.ImageTooLarge);
    }

    [Theory]
    [MemberData(nameof(OtherKinds))]
    public async Task Clean_OtherKinds_AreRefusedByTheirBytes(string name)
    {
        using var noWorker = new ImageCleaner(new ImageOptions(), ["/bin/false"]);

        var fault = await Should.ThrowAsync<KinoraException>(
            () => noWorker.CleanAsync(_folder.Write(name, HostileImages.OtherKinds[name]), Output, Cancel));

        fault.Code.ShouldBe(ErrorCodes.InvalidImage);
        fault.Message.ShouldContain("Kinora takes PNG, JPEG and WebP pictures, told by their bytes.");
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task Clean_DamagedPictures_AreRefusedAndLeaveNothing(string name)
    {
        var fault = await Should.ThrowAsync<KinoraException>(() => CleanAsync(HostileImages.Damaged[name]));

        fault.Code.ShouldBe(ErrorCodes.InvalidImage);
        fault.Message.ShouldStartWith("The picture is damaged or cut short.");
        File.Exists(Output).ShouldBeFalse();
    }

    [Theory]
    [InlineData("photo.jpg", "-q:v 2")]
    [InlineData("photo.webp", "-c:v libwebp")]
    public async Task Clean_CutPhotos_AreRefused(string name, string encoding)
    {
        await RunTool.FfmpegAsync(["-f", "lavfi", "-i", "testsrc2=d=1:s=640x480", "-frames:v", "1", .. encoding.Split(' '), _folder.File(name)]);
        var bytes = await File.ReadAllBytesAsync(_folder.File(name), Cancel);

        (await Should.ThrowAsync<KinoraException>(() => CleanAsync(bytes[..(bytes.Length / 2)]))).Code.ShouldBe(ErrorCodes.InvalidImage);
    }

    [Theory]
    [MemberData(nameof(Inflating))]
    public async Task Clean_DataThatInflates_EndsSoonAndStaysSmall(string name)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            (await CleanAsync(HostileImages.Inflating[name])).ShouldBe(new CleanImage("image/png", 16, 16));
            new FileInfo(Output).Length.ShouldBeLessThan(1000);
        }
        catch (KinoraException fault)
        {
            fault.Code.ShouldBe(ErrorCodes.InvalidImage);
        }

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Clean_FileOverTheLimit_IsRefusedUnread()
    {
        await using (var file = File.Create(_folder.File("large.png")))
        {
            file.SetLength((50L << 20) + 1);
        }

        var fault = await Should.ThrowAsync<KinoraException>(() => _cleaner.CleanAsync(_folder.File("large.png"), Output, Cancel));

        fault.Code.ShouldBe(ErrorCodes.ImageTooLarge);
        fault.Message.ShouldBe("The picture's file has 50.0 MiB; allowed are 50.");
    }

    [Fact]
    public async Task Clean_WorkerThatHangs_IsKilled()
    {
        using var stuck = new ImageCleaner(new ImageOptions { WallSeconds = 1 }, ["/bin/sh", "-c", "exec sleep 605"]);

        var fault = await Should.ThrowAsync<KinoraException>(() => stuck.CleanAsync(_folder.Write("good.png", HostileImages.Good()), Output, Cancel));

        fault.Code.ShouldBe(ErrorCodes.InvalidImage);
        fault.Message.ShouldContain("longer than 1 s");
    }

    [Fact]
    public async Task Clean_WorkerOutOfMemory_RefusesThePicture()
    {
        using var tight = new ImageCleaner(new ImageOptions { MemoryMegabytes = 128 }, Worker);
        var interlacedNeedsAll = HostileImages.Png(6000, 6000, depth: 16, color: 6, pixels: new byte[6000 * ((6000 * 8) + 1)]);
        interlacedNeedsAll[28] = 1;

        var fault = await Should.ThrowAsync<KinoraException>(() => tight.CleanAsync(_folder.Write("big.png", interlacedNeedsAll), Output, Cancel));

        fault.Code.ShouldBe(ErrorCodes.InvalidImage);
        File.Exists(Output).ShouldBeFalse();
    }

    [Fact]
    public async Task Worker_SizeOverTheLimitAfterAll_Refuses()
    {
        // The parent's look is skipped, as if the file had been exchanged since.
        var path = _folder.Write("good.png", HostileImages.Good());
        using var worker = Process.Start(ChildHost.Start(ImageWorkerCommand.Name, "Png", path, Output, "63", "40"))!;

        await worker.WaitForExitAsync(Cancel);

        worker.ExitCode.ShouldBe(2);
        File.Exists(Output).ShouldBeFalse();
    }

    [Fact]
    public void WorkerCommand_ByDefault_IsThisProgramWithTheHiddenCommand()
    {
        var command = ImageWorkerCommand.OfThisProgram();

        command[0].ShouldBe(Environment.ProcessPath);
        command[^1].ShouldBe("image-worker");
        command.ShouldAllBe(part => part == "image-worker" || File.Exists(part));
    }

    private Task<CleanImage> CleanAsync(byte[] bytes) => _cleaner.CleanAsync(_folder.Write("source", bytes), Output, Cancel);
}
