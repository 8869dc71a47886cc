using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>Files that are there and may not be read.</summary>
public sealed class UnreadableFileTests
{
    [Theory]
    [InlineData("--reference")]
    [InlineData("--last-frame")]
    public async Task PictureWithoutReadPermission_IsRefusedByNameBeforeTheProviderIsCalled(string option)
    {
        await using var scene = await LabFixture.StartAsync();
        await OrdinaryUser.UseAsync(scene.Kinora);
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
}
