using System.Diagnostics;
using Kinora.Adapters.Storage;
using Kinora.Errors;
using Kinora.Tests.Folders;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage;

/// <summary>What a caller's name can do to a root. The races are in <see cref="SafeRootRaceTests"/>.</summary>
public sealed class SafeRootTests : IDisposable
{
    private readonly HostileScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Astray =>
    [
        "LINKDIR/secret.txt", "LINKDIR/new.png", "LINKDIR", "LOOP/a/b", "SELF", "LINKTOROOT/ok.png", "LINKTOPROC/environ", "SOCKET.png", "FIFO.png", "BLOCKDEV",
        "link.png", "inner-link.png", "dangling.png", "folder.png",
    ];

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Open_EveryHostileName_IsRefusedSoon()
    {
        var root = _scene.NewRoot();
        foreach (var (_, name) in HostilePaths.All)
        {
            var started = Stopwatch.GetTimestamp();
            var fault = await Should.ThrowAsync<KinoraException>(() => root.OpenAsync(name, Cancel), name);
            fault.Code.ShouldBeOneOf(ErrorCodes.InvalidFileName, ErrorCodes.FileNotFound);
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task EveryHostileName_SavedAndOpenedAboveAndBelowTheRuleOfNames_LeavesTheOutsideAlone()
    {
        _scene.OpenToAll();
        var before = _scene.Outside();
        var start = ChildHost.Start("hostile-names", _scene.Root);
        if (Environment.IsPrivilegedProcess)
        {
            start = new ProcessStartInfo("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", start.FileName, .. start.ArgumentList]);
        }

        start.RedirectStandardOutput = true;
        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync(Cancel);
        await child.WaitForExitAsync(Cancel);

        child.ExitCode.ShouldBe(0, said);
        said.ShouldNotContain("ESCAPED");
        said.Split('\n').Count(line => line.StartsWith("saved ", StringComparison.Ordinal)).ShouldBeGreaterThan(15);
        _scene.Outside().ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Astray))]
    public async Task Names_ThatLeadAstray_AreRefusedByEveryMethod(string name)
    {
        Assert.SkipUnless(name != "BLOCKDEV" || _scene.HasDevice, "needs root to make a device");
        var before = _scene.Outside();
        var root = _scene.NewRoot();

        (await Should.ThrowAsync<KinoraException>(() => root.OpenAsync(name, Cancel))).Code.ShouldBe(ErrorCodes.FileNotFound);
        foreach (var overwrite in (bool[])[false, true])
        {
            (await Should.ThrowAsync<KinoraException>(() => root.SaveTextAsync(name, "evil", overwrite)))
                .Code.ShouldBeOneOf(ErrorCodes.FileExists, ErrorCodes.OutputNotWritable);
        }

        root.List(Cancel).Select(file => file.Name).ShouldBe(["ok.png", "SWAPDIR/x.txt"], ignoreOrder: true);
        _scene.Outside().ShouldBe(before);
    }

    [Theory]
    [InlineData("../media-evil/secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("SWAPDIR/../../x")]
    [InlineData("LINKDIR/secret.txt")]
    [InlineData("link.png")]
    [InlineData("LINKTOPROC/environ")]
    public void Handle_BelowTheRuleOfNames_HoldsByItself(string name)
    {
        using var root = FolderHandle.OpenRoot(_scene.Root);

        Should.Throw<IOException>(() => root.OpenFile(name)).HResult.ShouldBeOneOf(Errno.OtherVolume, Errno.TooManyLinks);
    }

    [Fact]
    public async Task Fifos_AHundredAtOnce_HoldNoThread()
    {
        var root = _scene.NewRoot();
        var started = Stopwatch.GetTimestamp();

        var all = Enumerable.Range(0, 100).Select(n => Task.Run(() => root.OpenAsync(n % 2 == 0 ? "FIFO.png" : "SOCKET.png", Cancel), Cancel)).ToList();

        foreach (var one in all)
        {
            (await Should.ThrowAsync<KinoraException>(() => one)).Code.ShouldBe(ErrorCodes.FileNotFound);
        }

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task HardLink_IsNotReadNorListed_AndOverwritingItLeavesItsTarget()
    {
        PosixFile.TryLink(_scene.At("media-evil/secret.txt"), _scene.At("media/hard.txt")).ShouldBeTrue();
        var root = _scene.NewRoot();

        var fault = await Should.ThrowAsync<KinoraException>(() => root.OpenAsync("hard.txt", Cancel));

        fault.Code.ShouldBe(ErrorCodes.FileNotFound);
        fault.Message.ShouldContain("hard links");
        root.List(Cancel).ShouldNotContain(file => file.Name == "hard.txt");
        await root.SaveTextAsync("hard.txt", "new", overwrite: true);
        (await root.ReadTextAsync("hard.txt")).ShouldBe("new");
        File.ReadAllText(_scene.At("media-evil/secret.txt")).ShouldBe(HostileScene.Secret);
    }

    [Theory]
    [InlineData("media")]
    [InlineData("media/")]
    [InlineData("./media/.")]
    [InlineData("link-above/media")]
    public async Task PrefixSiblings_HoweverTheRootIsWritten_AreOutOfReach(string written)
    {
        Directory.CreateSymbolicLink(_scene.At("link-above"), _scene.At("."));
        var root = _scene.NewRoot(_scene.At(written));
        var before = _scene.Outside();

        foreach (var name in HostilePaths.All.Where(line => line.Class == "prefix-sibling").Select(line => line.Name).Append("-evil/secret.txt"))
        {
            await Should.ThrowAsync<KinoraException>(() => root.OpenAsync(name, Cancel));
        }

        (await root.ReadTextAsync("ok.png")).ShouldBe("inside");
        await root.SaveTextAsync("new.txt", "text");
        File.ReadAllText(_scene.At("media/new.txt")).ShouldBe("text");
        _scene.Outside().ShouldBe(before);
    }
}
