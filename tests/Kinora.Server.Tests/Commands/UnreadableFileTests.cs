using System.ComponentModel;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>
/// Files that are there and may not be read. Root may read everything, so as root the program runs as nobody, by setpriv (util-linux); where
/// that cannot be, the test is skipped visibly.
/// </summary>
public sealed class UnreadableFileTests
{
    private static readonly string[] AsNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];

    [Theory]
    [InlineData("--reference")]
    [InlineData("--last-frame")]
    public async Task PictureWithoutReadPermission_IsRefusedByNameBeforeTheProviderIsCalled(string option)
    {
        await using var scene = await LabFixture.StartAsync();
        await RunAsOrdinaryUserAsync(scene.Kinora);
        var picture = scene.Kinora.PathOf("harbour.png");
        await File.WriteAllBytesAsync(picture, [1]);
        File.SetUnixFileMode(picture, UnixFileMode.None);

        var run = await scene.Kinora.RunAsync("create", "A harbour at dawn", "--model", "lab/lab-video", option, "harbour.png");

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.Trim().ShouldBe($"kinora: {option}: \"harbour.png\" is there, but this user may not read it. Allow it (chmod a+r) or give another file.");
        run.Out.ShouldBe("");
        scene.Creates.ShouldBe(0);
        (await scene.Kinora.RunAsync("list", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    private static async Task RunAsOrdinaryUserAsync(KinoraProgram kinora)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        kinora.Launcher = AsNobody;
        const UnixFileMode everyone = (UnixFileMode)0x1FF;
        File.SetUnixFileMode(kinora.Work, everyone);
        File.SetUnixFileMode(Path.GetDirectoryName(kinora.Work)!, everyone);
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
