using System.Diagnostics;
using Kinora.Tests.Media;
using Xunit;

namespace Kinora.Tests.Storage;

/// <summary>A small disk in memory, to be filled. Needs root and the right to mount; the test is skipped, visibly, where that is missing.</summary>
internal sealed class SmallVolume : IDisposable
{
    private readonly TempFolder _folder = new();

    private SmallVolume()
    {
    }

    public string Path => _folder.Path;

    /// <param name="options">As of <c>mount -t tmpfs -o</c>.</param>
    public static SmallVolume Mount(string options)
    {
        var volume = new SmallVolume();
        if (!Environment.IsPrivilegedProcess || Run("mount", "-t", "tmpfs", "-o", options, "kinora-test", volume.Path) != 0)
        {
            volume._folder.Dispose();
            Assert.Skip("needs root and the right to mount a tmpfs");
        }

        return volume;
    }

    public void Unmount() => _ = Run("umount", Path);

    public void Dispose()
    {
        // Taken out of the tree at once: a program that another test is just starting may hold a file of it for a moment.
        _ = Run("umount", "--lazy", Path);
        _folder.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
