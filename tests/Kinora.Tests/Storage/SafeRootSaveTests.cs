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
    public async Task Root_ThatIsMissing_IsMadeAtFirstUseAndNotBefore()
    {
        var root = New(Root);
        Directory.Exists(Root).ShouldBeFalse();

        root.List(Cancel).ShouldBeEmpty();

        Directory.Exists(Root).ShouldBeTrue();
        var deep = New(_folder.File("not/there"));
        Should.Throw<KinoraException>(() => deep.List(Cancel)).Message.ShouldBe("The video folder is not there. Make it, or set Folders:Videos to a folder that is.");
        await Task.CompletedTask;
    }

    [Fact]
    public void Root_ThatIsALinkOrAFile_IsRefused()
    {
        Directory.CreateDirectory(_folder.File("other"));
        Directory.CreateSymbolicLink(Root, _folder.File("other"));
        Directory.CreateSymbolicLink(_folder.File("dangling"), _folder.File("nowhere"));
        _folder.Write("file", "x"u8);
        foreach (var path in (string[])[Root, Root + "/", _folder.File("dangling"), _folder.File("file")])
        {
            var fault = Should.Throw<KinoraException>(() => New(path).List(Cancel));
            fault.Code.ShouldBe(ErrorCodes.FolderUnusable);
            fault.Message.ShouldBe("The video folder is a link or a file. Set Folders:Videos to the folder itself.");
        }

        Directory.Exists(_folder.File("nowhere")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("link")]
    [InlineData("folder")]
    [InlineData("nothing")]
    public async Task Root_ReplacedWhileRunning_IsClosed_UntilItIsBack(string by)
    {
        var root = New(Root);
        await SaveAsync(root, "before.txt", "text");
        Directory.Move(Root, _folder.File("moved"));
        Directory.CreateDirectory(_folder.File("other"));
        if (by == "link")
        {
            Directory.CreateSymbolicLink(Root, _folder.File("other"));
        }
        else if (by == "folder")
        {
            Directory.Move(_folder.File("other"), Root);
        }

        (await Should.ThrowAsync<KinoraException>(() => SaveAsync(root, "after.txt", "text"))).Code.ShouldBe(ErrorCodes.FolderUnusable);
        (await Should.ThrowAsync<KinoraException>(() => root.OpenAsync("before.txt", Cancel))).Code.ShouldBe(ErrorCodes.FolderUnusable);
        Should.Throw<KinoraException>(() => root.List(Cancel)).Code.ShouldBe(ErrorCodes.FolderUnusable);

        Directory.EnumerateFiles(_folder.Path, "after.txt", SearchOption.AllDirectories).ShouldBeEmpty();
        if (Path.Exists(Root))
        {
            Directory.Delete(Root);
        }

        Directory.Move(_folder.File("moved"), Root);
        (await ReadAsync(root, "before.txt")).ShouldBe("text");
    }

    [Fact]
    public async Task Root_ReplacedWhileASaveIsUnderWay_GetsNothing()
    {
        var root = New(Root);
        Directory.CreateDirectory(_folder.File("other"));

        await root.SaveAsync(
            "a.txt",
            async (file, cancel) =>
            {
                Directory.Move(Root, _folder.File("moved"));
                Directory.CreateSymbolicLink(Root, _folder.File("other"));
                await file.WriteAsync("text"u8.ToArray(), cancel);
            },
            overwrite: false,
            Cancel);

        Directory.GetFileSystemEntries(_folder.File("other")).ShouldBeEmpty();
        File.ReadAllText(_folder.File("moved/a.txt")).ShouldBe("text");
    }

    [Fact]
    public async Task KernelWithoutOpenAt2_RefusesReadsAndWrites()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, "there.txt"), "text");
        var root = new SafeRoot(Root, new FolderFaults("video folder", "Folders:Videos"), openCall: 9999);

        foreach (var fault in (KinoraException[])
        [
            await Should.ThrowAsync<KinoraException>(() => root.OpenAsync("there.txt", Cancel)),
            await Should.ThrowAsync<KinoraException>(() => SaveAsync(root, "new.txt", "text")),
            Should.Throw<KinoraException>(() => root.List(Cancel)),
        ])
        {
            fault.Code.ShouldBe(ErrorCodes.FolderUnusable);
            fault.Message.ShouldContain("needs Linux 5.6 or later");
        }

        Directory.GetFiles(Root).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Save_MakesFolders_AndTellsWhatItWrote()
    {
        var root = New(Root);

        var saved = await SaveAsync(root, "2026/may/film.mp4", "the film");

        saved.ShouldBe(new UserFileInfo("2026/may/film.mp4", 8, saved.ModifiedAt));
        (DateTimeOffset.UtcNow - saved.ModifiedAt).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
        (await ReadAsync(root, "2026/may/film.mp4")).ShouldBe("the film");
        root.List(Cancel).ShouldBe([saved]);
    }

    [Fact]
    public async Task Save_NameThatIsTaken_IsRefusedBeforeAnythingIsWritten_UnlessToBeReplaced()
    {
        var root = New(Root);
        await SaveAsync(root, "a.txt", "first");

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
        (await ReadAsync(root, "a.txt")).ShouldBe("first");
        await SaveAsync(root, "a.txt", "second", overwrite: true);
        (await ReadAsync(root, "a.txt")).ShouldBe("second");
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
        (await ReadAsync(root, "a.txt")).ShouldBe(all[0].IsCompletedSuccessfully ? "one" : "other");
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

        await SaveAsync(root, "a.txt", "text");

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

    [Fact]
    public async Task Volume_Unmounted_ClosesTheRoot()
    {
        var volume = SmallVolume.Mount("size=4m");
        try
        {
            var root = New(volume.Path);
            await SaveAsync(root, "a.txt", "text");
            volume.Unmount();

            (await Should.ThrowAsync<KinoraException>(() => SaveAsync(root, "b.txt", "text"))).Message.ShouldContain("mounted or unmounted");
            Directory.GetFileSystemEntries(volume.Path).ShouldBeEmpty();
        }
        finally
        {
            volume.Dispose();
        }
    }

    private static SafeRoot New(string path) => new(path, new FolderFaults("video folder", "Folders:Videos"));

    private string[] Everything() => [.. Directory.EnumerateFileSystemEntries(Root, "*", new EnumerationOptions { AttributesToSkip = 0 }).Select(path => Path.GetFileName(path))];

    private static Task<UserFileInfo> SaveAsync(SafeRoot root, string name, string text, bool overwrite = false) =>
        root.SaveAsync(name, (file, cancel) => file.WriteAsync(Encoding.UTF8.GetBytes(text), cancel).AsTask(), overwrite, Cancel);

    private static async Task<string> ReadAsync(SafeRoot root, string name)
    {
        using var reader = new StreamReader((await root.OpenAsync(name, Cancel)).Content);
        return await reader.ReadToEndAsync(Cancel);
    }
}
