using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>Full disks, made of small memory file systems; needs root and mount, and is skipped visibly elsewhere.</summary>
public sealed class DiskFullTests : IDisposable
{
    private readonly List<string> _mounts = [];

    [Fact]
    public async Task ResultsDiskFull_StaysCollectingAndFinishesWhenThereIsRoom()
    {
        await using var scene = await LabFixture.StartAsync();
        var results = Mount("48m");
        scene.Kinora.Environment["KINORA__Storage__Folder"] = results;

        using var process = scene.Kinora.Start(LabFixture.Arguments("running=1,bytes=100000000", "--timeout", "80"));
        await UntilAsync(async () => (await scene.Kinora.RunAsync("list", "--json")).Out.Contains("room", StringComparison.Ordinal));
        var waiting = await scene.Kinora.StatusAsync(await scene.Kinora.OnlyJobAsync());
        waiting.GetProperty("stage").GetString().ShouldBe("collecting");
        Directory.EnumerateFiles(results, "*", SearchOption.AllDirectories).ShouldBeEmpty("no half file");

        Shell("mount", "-o", "remount,size=400m", results);
        var run = await KinoraProgram.EndAsync(process);

        run.ExitCode.ShouldBe(0, run.Error);
        scene.Creates.ShouldBe(1);
    }

    [Fact]
    public async Task DataDiskFull_RefusesBeforeTheProviderIsCalledAndHealsByItself()
    {
        await using var scene = await LabFixture.StartAsync();
        var disk = Mount("24m");
        scene.Kinora.Environment["KINORA_DATA"] = Path.Combine(disk, "data");
        (await scene.Kinora.RunAsync("list")).ExitCode.ShouldBe(0);
        var filler = Path.Combine(disk, "filler");
        Fill(filler);

        var run = await scene.CreateAsync("running=1");

        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain("full");
        scene.Creates.ShouldBe(0);
        File.Delete(filler);
        (await scene.CreateAsync("running=1")).ExitCode.ShouldBe(0);
        scene.Creates.ShouldBe(1);
    }

    public void Dispose()
    {
        foreach (var mount in _mounts)
        {
            Shell("umount", "-l", mount);
            Directory.Delete(mount, recursive: true);
        }
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
        try
        {
            var block = new byte[1 << 16];
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
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

    private string Mount(string size)
    {
        var folder = Directory.CreateTempSubdirectory("kinora-disk-").FullName;
        if (!Environment.IsPrivilegedProcess || Shell("mount", "-t", "tmpfs", "-o", $"size={size},mode=0777", "kinora-test", folder) != 0)
        {
            Directory.Delete(folder);
            Assert.Skip("A small file system cannot be mounted here (root and mount are needed).");
        }

        _mounts.Add(folder);
        return folder;
    }

    private static int Shell(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
