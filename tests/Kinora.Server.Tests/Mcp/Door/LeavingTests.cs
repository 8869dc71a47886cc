using System.Diagnostics;
using System.Text.Json.Nodes;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>The client closes stdin in the middle of saving a large video: the process leaves in time, and the folder holds nothing half.</summary>
public sealed class LeavingTests
{
    private const long Bytes = 300_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StdinClosedInADownload_LeavesNoHalfFile_AndTheNextDownloadSucceeds()
    {
        await using var scene = await LabFixture.StartAsync();
        var videos = scene.Kinora.PathOf("films");
        Directory.CreateDirectory(videos);
        scene.Kinora.Environment["KINORA__Folders__Videos"] = videos;
        var made = await scene.CreateAsync($"running=1,bytes={Bytes}");
        made.ExitCode.ShouldBe(0, made.Error);
        var given = new JsonObject { ["video_id"] = made.Json.GetProperty("id").GetString(), ["filename"] = "harbour.mp4" };

        await using (var leaves = await StdioMcp.StartAsync(scene.Kinora))
        {
            var unread = leaves.ToolAsync("download_video", given.ToJsonString());
            await BegunAsync(videos);
            (await leaves.LeaveAsync(within: TimeSpan.FromSeconds(5))).ShouldBe(0);
            await unread.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        // Saved whole, where the disk was faster than the client; else nothing at all.
        Directory.GetFiles(videos).ShouldAllBe(file => Path.GetFileName(file) == "harbour.mp4" && new FileInfo(file).Length == Bytes);
        await using var client = await StdioMcp.StartAsync(scene.Kinora);
        given["overwrite"] = true;
        var saved = await client.ObjectAsync("download_video", given);
        saved.GetProperty("size_bytes").GetInt64().ShouldBe(Bytes);
        await using var file = File.OpenRead(Path.Combine(videos, "harbour.mp4"));
        Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(file, Cancel)).ShouldBe(saved.GetProperty("sha256").GetString());
        Directory.GetFiles(videos).ShouldHaveSingleItem();
        var status = await client.ObjectAsync("get_video_status", new JsonObject { ["video_id"] = given["video_id"]!.DeepClone() });
        status.GetProperty("status").GetString().ShouldBe("completed");
        scene.Creates.ShouldBe(1);
    }

    /// <summary>Until there is anything in the folder: the file on its way has a hidden name.</summary>
    private static async Task BegunAsync(string folder)
    {
        var clock = Stopwatch.StartNew();
        while (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            clock.Elapsed.ShouldBeLessThan(KinoraProgram.Patience);
            await Task.Delay(1, Cancel);
        }
    }
}
