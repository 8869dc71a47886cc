using System.Security.Cryptography;
using System.Text;
using Kinora.Adapters.Storage;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage;

/// <summary>What a save promises: whole or not at all, and never over another file unasked.</summary>
public sealed class SafeRootSaveTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Root => _folder.File("media");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Save_MakesFolders_AndTellsWhatItWrote()
    {
        var root = New(Root);

        var saved = await root.SaveTextAsync("2026/may/film.mp4", "the film");

        saved.ShouldBe(new UserFileInfo("2026/may/film.mp4", 8, saved.ModifiedAt));
        (DateTimeOffset.UtcNow - saved.ModifiedAt).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
        (await root.ReadTextAsync("2026/may/film.mp4")).ShouldBe("the film");
        root.List(Cancel).ShouldBe([saved]);
    }

    [Fact]
    public async Task Save_NameThatIsTaken_IsRefusedBeforeAnythingIsWritten_UnlessToBeReplaced()
    {
        var root = New(Root);
        await root.SaveTextAsync("a.txt", "first");

        var called = false;
        var fault = await Should.ThrowAsync<KinoraException>(() => root.SaveAsync(
            "a.txt",
            (_, _) =>
            {
                called = true;
                return Task.CompletedTask;
            },
            overwrite: false,
            Cancel));

        fault.Code.ShouldBe(ErrorCodes.FileExists);
        fault.Message.ShouldBe("There is a file of that name in the video folder. Choose another name.");
        called.ShouldBeFalse();
        (await root.ReadTextAsync("a.txt")).ShouldBe("first");
        await root.SaveTextAsync("a.txt", "second", overwrite: true);
        (await root.ReadTextAsync("a.txt")).ShouldBe("second");
        Everything().ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task Save_TwoAtOnce_OneWinsAndTheOtherIsTold()
    {
        var root = New(Root);
        using var both = new Barrier(2);
        Task<UserFileInfo> Saver(string text) => Task.Run(() => root.SaveAsync(
            "a.txt",
            async (file, cancel) =>
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
                both.SignalAndWait(cancel);
            },
            overwrite: false,
            Cancel));

        var all = (Task<UserFileInfo>[])[Saver("one"), Saver("other")];
        await Task.WhenAny(Task.WhenAll(all), Task.Delay(Timeout.Infinite, Cancel));

        all.Count(t => t.IsCompletedSuccessfully).ShouldBe(1);
        ((KinoraException)all.Single(t => t.IsFaulted).Exception!.InnerException!).Code.ShouldBe(ErrorCodes.FileExists);
        (await root.ReadTextAsync("a.txt")).ShouldBe(all[0].IsCompletedSuccessfully ? "one" : "other");
        Everything().ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task Save_UnderWay_ShowsNoName_AndAfterAFaultLeavesNothing()
    {
        var root = New(Root);

        await Should.ThrowAsync<InvalidDataException>(() => root.SaveAsync(
            "a.txt",
            async (file, cancel) =>
            {
                await file.WriteAsync("half"u8.ToArray(), cancel);
                root.List(cancel).ShouldBeEmpty();
                Everything().ShouldHaveSingleItem().ShouldStartWith(".kinora-");
                await Should.ThrowAsync<KinoraException>(() => root.OpenAsync(Everything()[0], cancel));
                throw new InvalidDataException();
            },
            overwrite: false,
            Cancel));

        Everything().ShouldBeEmpty();
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => root.SaveAsync("a.txt", (_, _) => stop.CancelAsync(), overwrite: false, stop.Token));
        Everything().ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_ClearsWhatAKilledProcessLeftLongAgo()
    {
        var root = New(Root);
        Directory.CreateDirectory(Root);
        foreach (var (name, age) in ((string, int)[])[(".kinora-old.part", 30), (".kinora-new.part", 1), (".other.part", 30)])
        {
            File.WriteAllText(Path.Combine(Root, name), "half");
            File.SetLastWriteTimeUtc(Path.Combine(Root, name), DateTime.UtcNow.AddHours(-age));
        }

        await root.SaveTextAsync("a.txt", "text");

        Everything().ShouldBe([".kinora-new.part", ".other.part", "a.txt"], ignoreOrder: true);
    }

    [Fact]
    public void Rename_WhereTheFileSystemKnowsNoFlag_DoesNotReplaceEither()
    {
        Directory.CreateDirectory(Root);
        using var folder = FolderHandle.OpenRoot(Root);
        File.WriteAllText(Path.Combine(Root, "from"), "new");
        File.WriteAllText(Path.Combine(Root, "taken"), "old");

        Should.Throw<IOException>(() => folder.RenameByLink("from", "taken")).HResult.ShouldBe(Errno.Exists);
        folder.RenameByLink("from", "to");

        Everything().ShouldBe(["taken", "to"], ignoreOrder: true);
        File.ReadAllText(Path.Combine(Root, "taken")).ShouldBe("old");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((16 << 20) + 5)]
    public async Task CopyIn_CopiesEveryByte_AndIsNoSecondNameOfTheSource(int bytes)
    {
        var root = New(Root);
        var source = _folder.Write("source", RandomNumberGenerator.GetBytes(bytes));

        var saved = await root.CopyInAsync("copy.mp4", source, overwrite: false, Cancel);

        saved.Bytes.ShouldBe(bytes);
        SHA256.HashData(File.ReadAllBytes(Path.Combine(Root, "copy.mp4"))).ShouldBe(SHA256.HashData(File.ReadAllBytes(source)));
        File.AppendAllText(Path.Combine(Root, "copy.mp4"), "changed");
        new FileInfo(source).Length.ShouldBe(bytes);
        (await Should.ThrowAsync<KinoraException>(() => root.CopyInAsync("copy.mp4", source, overwrite: false, Cancel))).Code.ShouldBe(ErrorCodes.FileExists);
    }

    [Fact]
    public async Task CopyIn_Cancelled_LeavesNothing()
    {
        var source = _folder.Write("source", new byte[1000]);
        using var stop = new CancellationTokenSource();
        var copy = New(Root);
        copy.List(Cancel);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => copy.CopyInAsync("copy.mp4", source, overwrite: false, stop.Token));

        Everything().ShouldBeEmpty();
    }

    [Fact]
    public async Task OtherVolume_TakesACopy_AndWhenFullSaysSoAndKeepsNothing()
    {
        using var volume = SmallVolume.Mount("size=4m");
        var root = New(Path.Combine(volume.Path, "media"));
        var fits = _folder.Write("fits", RandomNumberGenerator.GetBytes(1 << 20));
        var large = _folder.Write("large", new byte[8 << 20]);

        (await root.CopyInAsync("fits.mp4", fits, overwrite: false, Cancel)).Bytes.ShouldBe(1 << 20);
        (await root.OpenAsync("fits.mp4", Cancel)).Content.Dispose();
        foreach (var fault in (KinoraException[])
        [
            await Should.ThrowAsync<KinoraException>(() => root.CopyInAsync("large.mp4", large, overwrite: false, Cancel)),
            await Should.ThrowAsync<KinoraException>(() => root.SaveAsync("large.mp4", (file, cancel) => file.WriteAsync(new byte[8 << 20], cancel).AsTask(), overwrite: false, Cancel)),
        ])
        {
            fault.Code.ShouldBe(ErrorCodes.StorageFull);
            fault.Message.ShouldBe("The disk of the video folder is full. Free some room, or set Folders:Videos to a folder on a larger disk.");
        }

        Directory.GetFileSystemEntries(root.Path).Select(Path.GetFileName).ShouldBe(["fits.mp4"]);
    }

    private static SafeRoot New(string path) => new(path, new FolderFaults("video folder", "Folders:Videos"));

    private string[] Everything() => [.. Directory.EnumerateFileSystemEntries(Root, "*", new EnumerationOptions { AttributesToSkip = 0 }).Select(path => Path.GetFileName(path))];
}
