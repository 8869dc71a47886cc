using System.Diagnostics;
using System.Runtime.InteropServices;
using Kinora.Adapters.Storage;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage;

public sealed partial class DiskAssetStoreTests : AssetStoreContract
{
    private string Data => Folder.File("data");

    private protected override IAssetStore Store => new DiskAssetStore(Data, new StorageOptions());

    [Fact]
    public async Task Adopt_PutsTheFileUnderTheJobsHex()
    {
        var job = NewJob();
        await AdoptAsync(job, "film");

        Directory.GetFiles(Path.Combine(Data, "assets"), "*", SearchOption.AllDirectories)
            .ShouldBe([Path.Combine(Data, "assets", job.Hex[..2], job.Hex, "video.mp4")]);
    }

    [Fact]
    public async Task Everything_WhateverTheUmask_IsForOurUserAlone()
    {
        var before = Umask(0);
        try
        {
            await AdoptAsync(NewJob(), "film");
            await Store.PutInputAsync(Write(NewJob(), "pixels"), new CleanImage("image/png", 1, 1), Cancel);
        }
        finally
        {
            _ = Umask(before);
        }

        var folders = Directory.GetDirectories(Data, "*", SearchOption.AllDirectories);
        folders.Length.ShouldBeGreaterThan(5);
        folders.Append(Data).Select(Octal).Distinct().ShouldBe(["700"]);
        var files = Directory.GetFiles(Path.Combine(Data, "assets"), "*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Data, "inputs"))).ToList();
        files.Count.ShouldBe(2);
        files.Select(Octal).Distinct().ShouldBe(["600"]);

        static string Octal(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
    }

    [Fact]
    public async Task Adopt_PartsOfAnEarlierTry_AreRemoved()
    {
        var job = NewJob();
        var asset = await AdoptAsync(job, "film");
        var folder = Path.GetDirectoryName(await Store.LocalPathAsync(asset, Cancel))!;
        await File.WriteAllTextAsync(Path.Combine(folder, "video.mp4.0123.part"), "half", Cancel);

        await AdoptAsync(job, "film");

        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["video.mp4"]);
        await File.WriteAllTextAsync(Path.Combine(folder, "thumbnail.webp.0123.part"), "half", Cancel);

        Store.ClearWork(job);

        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["video.mp4"]);
    }

    [Fact]
    public async Task KilledBeforeTheRename_NoFinalNameShows_AndTheNextTryHeals()
    {
        var job = NewJob();
        var file = Write(job, "the film");

        var killed = await AdoptElsewhereAsync(job, file, CrashPoints.AssetSyncedNotRenamed);

        killed.ShouldBe(128 + 9);
        var asset = Describe(job, "the film");
        (await Store.ExistsAsync(asset, Cancel)).ShouldBeFalse();
        File.Exists(file).ShouldBeTrue();
        await Store.AdoptAsync(file, asset, Cancel);
        (await ReadAsync(asset)).ShouldBe("the film");
        Directory.GetFiles(Path.GetDirectoryName(await Store.LocalPathAsync(asset, Cancel))!).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Control_NotKilled_TheOtherProcessStoresTheFile()
    {
        var job = NewJob();

        (await AdoptElsewhereAsync(job, Write(job, "the film"), "")).ShouldBe(0);

        (await ReadAsync(Describe(job, "the film"))).ShouldBe("the film");
    }

    [Fact]
    public async Task Adopt_OtherVolume_CopiesWholeAndKeepsTheWorkFile()
    {
        using var volume = SmallVolume.Mount("size=4m");
        var store = new DiskAssetStore(Data, new StorageOptions { Folder = Path.Combine(volume.Path, "assets"), ReserveMegabytes = 0 });
        var job = NewJob();
        var file = Write(job, "the film");

        await store.AdoptAsync(file, Describe(job, "the film"), Cancel);

        (await File.ReadAllTextAsync(await store.LocalPathAsync(Describe(job, "the film"), Cancel), Cancel)).ShouldBe("the film");
        File.Exists(file).ShouldBeTrue();
    }

    [Theory]
    [InlineData("size=4m", 0, 8 << 20)] // Larger than the volume.
    [InlineData("size=4m", 3, 2 << 20)] // Fits, but eats the reserve.
    [InlineData("size=4m,nr_inodes=4", 0, 1000)] // No room for one more name: the fault comes from the file system itself.
    public async Task Adopt_NoRoom_IsStorageFullAndLeavesNothingHalf(string volumeOptions, int reserve, int bytes)
    {
        using var volume = SmallVolume.Mount(volumeOptions);
        var store = new DiskAssetStore(Data, new StorageOptions { Folder = Path.Combine(volume.Path, "assets"), ReserveMegabytes = reserve });
        var job = NewJob();
        var text = new string('x', bytes);
        var file = Write(job, text);

        var fault = await Should.ThrowAsync<KinoraException>(() => store.AdoptAsync(file, Describe(job, text), Cancel));

        fault.Code.ShouldBe(ErrorCodes.StorageFull);
        fault.Message.ShouldNotContain(volume.Path);
        Directory.GetFiles(volume.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        File.Exists(file).ShouldBeTrue();
    }

    [Fact]
    public async Task Adopt_VolumeFillsUpDuringTheCopy_IsStorageFullAndLeavesNothingHalf()
    {
        using var volume = SmallVolume.Mount("size=4m");
        var folder = Path.Combine(volume.Path, "half");
        Directory.CreateDirectory(folder);
        var file = Folder.Write("film", new byte[8 << 20]);

        // As if the look at the free room had been true a moment ago.
        var fault = await Should.ThrowAsync<KinoraException>(() => FilePlacement.PlaceAsync(file, folder, "video.mp4", _ => { }, Cancel));

        fault.Code.ShouldBe(ErrorCodes.StorageFull);
        Directory.GetFiles(folder).ShouldBeEmpty();
    }

    [Fact]
    public void FreeBytes_KeepsTheReserve()
    {
        using var volume = SmallVolume.Mount("size=4m");
        var options = new StorageOptions { Folder = Path.Combine(volume.Path, "assets"), ReserveMegabytes = 3 };

        new DiskAssetStore(Data, options).FreeBytes().ShouldBeInRange((1 << 20) - (1 << 16), 1 << 20);
        new DiskAssetStore(Data, options with { ReserveMegabytes = 5 }).FreeBytes().ShouldBe(0);
    }

    private async Task<int> AdoptElsewhereAsync(JobId job, string file, string crashAt)
    {
        var start = ChildHost.Start("adopt", Data, job.Hex, file);
        start.Environment["KINORA_CRASH_AT"] = crashAt;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(Cancel);
        return process.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial int Umask(int mask);
}
