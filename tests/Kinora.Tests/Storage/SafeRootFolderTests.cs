using Kinora.Adapters.Storage;
using Kinora.Errors;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage;

/// <summary>The folder that a root stands on: made at first use, and no longer trusted when it is not the one it was.</summary>
public sealed class SafeRootFolderTests : IDisposable
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
        await root.SaveTextAsync("before.txt", "text");
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

        (await Should.ThrowAsync<KinoraException>(() => root.SaveTextAsync("after.txt", "text"))).Code.ShouldBe(ErrorCodes.FolderUnusable);
        (await Should.ThrowAsync<KinoraException>(() => root.OpenAsync("before.txt", Cancel))).Code.ShouldBe(ErrorCodes.FolderUnusable);
        Should.Throw<KinoraException>(() => root.List(Cancel)).Code.ShouldBe(ErrorCodes.FolderUnusable);

        Directory.EnumerateFiles(_folder.Path, "after.txt", SearchOption.AllDirectories).ShouldBeEmpty();
        if (Path.Exists(Root))
        {
            Directory.Delete(Root);
        }

        Directory.Move(_folder.File("moved"), Root);
        (await root.ReadTextAsync("before.txt")).ShouldBe("text");
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
            await Should.ThrowAsync<KinoraException>(() => root.SaveTextAsync("new.txt", "text")),
            Should.Throw<KinoraException>(() => root.List(Cancel)),
        ])
        {
            fault.Code.ShouldBe(ErrorCodes.FolderUnusable);
            fault.Message.ShouldContain("needs Linux 5.6 or later");
        }

        Directory.GetFiles(Root).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Volume_Unmounted_ClosesTheRoot()
    {
        var volume = SmallVolume.Mount("size=4m");
        try
        {
            var root = New(volume.Path);
            await root.SaveTextAsync("a.txt", "text");
            volume.Unmount();

            (await Should.ThrowAsync<KinoraException>(() => root.SaveTextAsync("b.txt", "text"))).Message.ShouldContain("mounted or unmounted");
            Directory.GetFileSystemEntries(volume.Path).ShouldBeEmpty();
        }
        finally
        {
            volume.Dispose();
        }
    }

    private static SafeRoot New(string path) => new(path, new FolderFaults("video folder", "Folders:Videos"));
}
