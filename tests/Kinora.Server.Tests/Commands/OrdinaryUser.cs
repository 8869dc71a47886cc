using System.ComponentModel;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>
/// Root may read and write everything, so where that would make a test blind, or a fault of the program a danger, the program runs as nobody, by setpriv
/// (util-linux). Where that cannot be, the test is skipped visibly.
/// </summary>
internal static class OrdinaryUser
{
    private const UnixFileMode Everyone = (UnixFileMode)0x1FF;
    private static readonly string[] AsNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];

    public static async Task UseAsync(KinoraProgram kinora)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        kinora.Launcher = AsNobody;
        File.SetUnixFileMode(kinora.Work, Everyone);
        File.SetUnixFileMode(Path.GetDirectoryName(kinora.Work)!, Everyone);
        Assert.SkipUnless(await StartsAsync(kinora), "As root this needs setpriv, and a checkout and a .NET that any user may read.");
    }

    private static async Task<bool> StartsAsync(KinoraProgram kinora)
    {
        try
        {
            return (await kinora.RunAsync("--version")).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
