using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>
/// What people come for, through the real stdio door with the built-in renderer: make a video, see how far it is, save it, change it. The saved files
/// play: ffprobe says so.
/// </summary>
public sealed class MainFlowTests : IDisposable
{
    private readonly KinoraProgram _kinora = new();

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task NativeTools_CreateWaitDownloadRemixExtendAndFrames()
    {
        await using var client = await StdioMcp.StartAsync(_kinora);
        var made = await client.ObjectAsync("create_video", new JsonObject { ["prompt"] = "A lighthouse in the rain", ["size"] = "320x180", ["seconds"] = "2" });
        var id = Id(made);
        (await WaitAsync(client, id)).GetProperty("seconds").GetString().ShouldBe("2");
        Progress(client).ShouldNotBeEmpty();

        var saved = await client.ObjectAsync("download_video", new JsonObject { ["video_id"] = id, ["filename"] = "lighthouse" });
        saved.GetProperty("filename").GetString().ShouldBe("lighthouse.mp4");
        await PlaysAsync(saved.GetProperty("path").GetString()!, "320x180", 2);
        foreach (var variant in (string[])["thumbnail", "spritesheet"])
        {
            var picture = await client.ObjectAsync("download_video", new JsonObject { ["video_id"] = id, ["variant"] = variant });
            new FileInfo(picture.GetProperty("path").GetString()!).Length.ShouldBe(picture.GetProperty("size_bytes").GetInt64());
        }

        var frames = (await client.ToolAsync("get_video_frames", $$"""{"video_id":"{{id}}","count":3}""")).GetProperty("result").GetProperty("content").EnumerateArray().ToList();
        frames.Where(b => b.GetProperty("type").GetString() == "image").Select(b => b.GetProperty("mimeType").GetString()).ShouldBe(["image/jpeg", "image/jpeg", "image/jpeg"]);
        foreach (var jpeg in frames.Skip(1))
        {
            jpeg.GetProperty("data").GetBytesFromBase64().AsSpan(0, 2).ToArray().ShouldBe([0xFF, 0xD8]);
        }

        var remixed = await client.ObjectAsync("remix_video", new JsonObject { ["video_id"] = id, ["prompt"] = "The same at night" });
        remixed.GetProperty("remixed_from_video_id").GetString().ShouldBe(id);
        await WaitAsync(client, Id(remixed));
        await PlaysAsync(await SaveAsync(client, Id(remixed)), "320x180", 2);

        var extended = await client.ObjectAsync("extend_video", new JsonObject { ["video_id"] = id, ["prompt"] = "The rain ends", ["seconds"] = "1" });
        (await WaitAsync(client, Id(extended))).GetProperty("seconds").GetString().ShouldBe("3");
        await PlaysAsync(await SaveAsync(client, Id(extended)), "320x180", 3);

        (await client.ObjectAsync("delete_video", new JsonObject { ["video_id"] = id })).GetProperty("deleted").GetBoolean().ShouldBeTrue();
        (await client.ObjectAsync("list_videos", [])).GetProperty("data").EnumerateArray().Select(Id).ShouldBe([Id(extended), Id(remixed)]);
        (await client.LeaveAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Sora2Mcp_CreateStatusDownloadRemixListAndDelete()
    {
        await using var client = await StdioMcp.StartAsync(_kinora, "--profile", "sora2-mcp");
        var made = await client.ObjectAsync("create_video", new JsonObject { ["prompt"] = "A lighthouse in the rain", ["seconds"] = "4" });
        made.GetProperty("model").GetString().ShouldBe("sora-2");
        await UntilDoneAsync(client, "get_video_status", Id(made));

        var saved = await client.ObjectAsync("download_video", new JsonObject { ["video_id"] = Id(made) });
        await PlaysAsync(await FileOfAsync(saved, Id(made)), "1280x720", 4);
        var thumbnail = await client.ObjectAsync("download_video", new JsonObject { ["video_id"] = Id(made), ["variant"] = "thumbnail" });
        thumbnail.GetProperty("data_base64").GetBytesFromBase64().Length.ShouldBe(thumbnail.GetProperty("size_bytes").GetInt32());

        var remixed = await client.ObjectAsync("remix_video", new JsonObject { ["video_id"] = Id(made), ["prompt"] = "The same at night" });
        remixed.GetProperty("remixed_from_video_id").GetString().ShouldBe(Id(made));
        await UntilDoneAsync(client, "get_video_status", Id(remixed));
        await PlaysAsync(await FileOfAsync(await client.ObjectAsync("download_video", new JsonObject { ["video_id"] = Id(remixed) }), Id(remixed)), "1280x720", 4);

        var listed = await client.ObjectAsync("list_videos", new JsonObject { ["limit"] = 10.0 });
        listed.GetProperty("first_id").GetString().ShouldBe(Id(remixed));
        listed.GetProperty("last_id").GetString().ShouldBe(Id(made));
        (await client.ObjectAsync("delete_video", new JsonObject { ["video_id"] = Id(made) })).GetProperty("deleted").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task SoraMcpServer_PrepareCreateStatusDownloadRemixListAndDelete()
    {
        var references = Directory.CreateDirectory(_kinora.PathOf("pictures")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(references, "good.png"), Convert.FromBase64String(HostileStudio.Picture));
        _kinora.Environment["SORA_REFERENCE_PATH"] = references;
        _kinora.Environment["SORA_VIDEO_PATH"] = _kinora.PathOf("films");
        await using var client = await StdioMcp.StartAsync(_kinora, "--profile", "sora-mcp-server");
        var prepared = await client.ObjectAsync("sora_prepare_reference", new JsonObject { ["input_filename"] = "good.png", ["target_size"] = "1280x720" });
        var picture = prepared.GetProperty("output_filename").GetString()!;
        (await client.ObjectAsync("sora_list_references", [])).GetProperty("data").EnumerateArray().Select(r => r.GetProperty("filename").GetString()).ShouldContain(picture);
        var made = await client.ObjectAsync(
            "sora_create_video", new JsonObject { ["prompt"] = "The camera pans left", ["seconds"] = "4", ["size"] = "1280x720", ["input_reference_filename"] = picture });
        await UntilDoneAsync(client, "sora_get_status", Id(made));

        var saved = await client.ObjectAsync("sora_download", new JsonObject { ["video_id"] = Id(made), ["filename"] = "pan.mp4" });
        saved.GetProperty("path").GetString().ShouldBe(_kinora.PathOf("films/pan.mp4"));
        await PlaysAsync(saved.GetProperty("path").GetString()!, "1280x720", 4);

        var remixed = await client.ObjectAsync("sora_remix", new JsonObject { ["previous_video_id"] = Id(made), ["prompt"] = "The same at night" });
        await UntilDoneAsync(client, "sora_get_status", Id(remixed));
        await PlaysAsync((await client.ObjectAsync("sora_download", new JsonObject { ["video_id"] = Id(remixed) })).GetProperty("path").GetString()!, "1280x720", 4);
        (await client.ObjectAsync("sora_list", [])).GetProperty("data").EnumerateArray().Select(Id).ShouldBe([Id(remixed), Id(made)]);
        (await client.ObjectAsync("sora_delete", new JsonObject { ["video_id"] = Id(made) })).GetProperty("deleted").GetBoolean().ShouldBeTrue();
    }

    private static string Id(JsonElement video) => video.GetProperty("id").GetString()!;

    /// <summary>With a progress token; the end of it.</summary>
    private static async Task<JsonElement> WaitAsync(StdioMcp client, string id)
    {
        var answer = await client.ToolAsync("wait_for_video", $$"""{"video_id":"{{id}}"}""", $$"""{"progressToken":"{{id}}"}""");
        var video = answer.GetProperty("result").GetProperty("structuredContent");
        video.GetProperty("status").GetString().ShouldBe("completed", answer.GetRawText());
        return video;
    }

    /// <summary>Told so far: each higher than the one before, none beyond 100.</summary>
    private static List<double> Progress(StdioMcp client)
    {
        client.Others.ShouldAllBe(o => o.GetProperty("method").GetString() == "notifications/progress");
        var told = client.Others.Select(o => o.GetProperty("params").GetProperty("progress").GetDouble()).ToList();
        told.ShouldBe(told.Distinct().Order());
        told.ShouldAllBe(p => p >= 0 && p <= 101);
        return told;
    }

    private static async Task UntilDoneAsync(StdioMcp client, string tool, string id)
    {
        var clock = Stopwatch.StartNew();
        while ((await client.ObjectAsync(tool, new JsonObject { ["video_id"] = id })).GetProperty("status").GetString() is not "completed" and var status)
        {
            status.ShouldBeOneOf("queued", "in_progress");
            clock.Elapsed.ShouldBeLessThan(KinoraProgram.Patience);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> SaveAsync(StdioMcp client, string id) =>
        (await client.ObjectAsync("download_video", new JsonObject { ["video_id"] = id })).GetProperty("path").GetString()!;

    /// <summary>The original answers with base64; what is too large for that is in the video folder.</summary>
    private async Task<string> FileOfAsync(JsonElement saved, string id)
    {
        if (saved.GetProperty("data_base64").ValueKind == JsonValueKind.Null)
        {
            return Path.Combine(_kinora.Data, "videos", id + ".mp4");
        }

        var path = _kinora.PathOf(id + ".mp4");
        await File.WriteAllBytesAsync(path, saved.GetProperty("data_base64").GetBytesFromBase64());
        return path;
    }

    /// <summary>A video of that size and length whose every frame can be read.</summary>
    private static async Task PlaysAsync(string path, string size, double seconds)
    {
        var start = new ProcessStartInfo("ffprobe") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries", "stream=width,height,nb_read_frames:format=duration", "-of", "json", path])
        {
            start.ArgumentList.Add(argument);
        }

        using var ffprobe = Process.Start(start)!;
        var complaints = ffprobe.StandardError.ReadToEndAsync();
        var said = JsonElement.Parse(await ffprobe.StandardOutput.ReadToEndAsync());
        await ffprobe.WaitForExitAsync();
        (await complaints).ShouldBe("");
        var stream = said.GetProperty("streams")[0];
        $"{stream.GetProperty("width").GetInt32()}x{stream.GetProperty("height").GetInt32()}".ShouldBe(size);
        var length = double.Parse(said.GetProperty("format").GetProperty("duration").GetString()!, CultureInfo.InvariantCulture);
        length.ShouldBe(seconds, 0.1);
        int.Parse(stream.GetProperty("nb_read_frames").GetString()!, CultureInfo.InvariantCulture).ShouldBeInRange((int)(seconds * 24) - 1, (int)(seconds * 24) + 1);
    }
}
