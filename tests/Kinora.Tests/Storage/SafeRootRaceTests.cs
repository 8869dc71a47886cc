using System.Text;
using Kinora.Adapters.Storage;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage;

/// <summary>A folder and a link that lead outside change places all the time, as fast as the kernel can.</summary>
public sealed class SafeRootRaceTests : IDisposable
{
    private const uint Exchange = 2; // RENAME_EXCHANGE
    private readonly HostileScene _scene = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _swapper;
    private readonly FolderHandle _folder;
    private long _swaps;

    public SafeRootRaceTests()
    {
        _folder = FolderHandle.OpenRoot(_scene.Root);
        _swapper = new Thread(() =>
        {
            while (!_end.IsCancellationRequested)
            {
                _ = LinuxCalls.RenameAt2(_folder.Handle, "SWAPDIR", "SWAPLINK", Exchange);
                Interlocked.Increment(ref _swaps);
            }
        });
        _swapper.Start();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _end.Cancel();
        _swapper.Join();
        _folder.Dispose();
        _end.Dispose();
        _scene.Dispose();
    }

    [Fact]
    public async Task Open_20000Times_NeverReadsOutside()
    {
        var root = _scene.NewRoot();
        var (inside, refused) = (0, 0);
        for (var n = 0; n < 20_000; n++)
        {
            try
            {
                await using var content = (await root.OpenAsync("SWAPDIR/x.txt", Cancel)).Content;
                var bytes = new byte[100];
                Encoding.UTF8.GetString(bytes, 0, content.Read(bytes)).ShouldBe("inside");
                inside++;
            }
            catch (KinoraException fault) when (fault.Code == ErrorCodes.FileNotFound)
            {
                refused++;
            }
        }

        inside.ShouldBeGreaterThan(0);
        refused.ShouldBeGreaterThan(0);
        Interlocked.Read(ref _swaps).ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Control_LookingBeforeOpening_DoesReadOutside()
    {
        var escaped = false;
        for (var n = 0; n < 500_000 && !escaped; n++)
        {
            try
            {
                var folder = Path.Combine(_scene.Root, "SWAPDIR");
                escaped = new DirectoryInfo(folder).LinkTarget is null && File.ReadAllText(Path.Combine(folder, "x.txt")) == HostileScene.Secret;
            }
            catch (IOException)
            {
                // Exchanged in an instant where neither was whole for this reader.
            }
        }

        escaped.ShouldBeTrue();
    }

    [Fact]
    public async Task SaveAndList_WhileSwapping_LeaveTheOutsideAlone()
    {
        var before = _scene.Outside();
        var root = _scene.NewRoot();
        var (saved, refused) = (0, 0);
        for (var n = 0; n < 400; n++)
        {
            try
            {
                await root.SaveAsync($"SWAPDIR/deep/{n % 7}.txt", (file, cancel) => file.WriteAsync("text"u8.ToArray(), cancel).AsTask(), overwrite: n % 2 == 0, Cancel);
                saved++;
            }
            catch (KinoraException fault) when (fault.Code is ErrorCodes.OutputNotWritable or ErrorCodes.FileExists)
            {
                refused++;
            }

            root.List(Cancel).ShouldNotContain(file => file.Name.EndsWith("secret.txt", StringComparison.Ordinal));
        }

        saved.ShouldBeGreaterThan(0);
        refused.ShouldBeGreaterThan(0);
        _scene.Outside().ShouldBe(before);
    }
}
