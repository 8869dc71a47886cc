using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Clients;

/// <summary>Tasks of the newest revision, as they go over the wire, through a kill of the server in the middle.</summary>
public sealed class TaskOverHttpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Task_OutlivesAKillOfTheServer_AndEndsWithTheVideo()
    {
        await using var scene = await LabFixture.StartAsync();
        await using var served = new ServedProduct(scene.Kinora);
        await served.StartAsync();
        using var before = new RawMcp(served.Url, modern: true) { Tasks = true };
        var created = await before.ToolAsync("create_video", Video("A harbour at dawn [lab:running=30]"), Cancel);
        created.GetProperty("resultType").GetString().ShouldBe("task", created.GetRawText());
        var id = created.GetProperty("taskId").GetString()!;
        (await GetAsync(before, id)).GetProperty("status").GetString().ShouldBe("working");
        await UnderWayAsync(before, id);

        await served.KillAsync();
        await served.StartAsync();

        using var after = new RawMcp(served.Url, modern: true) { Tasks = true };
        var task = await GetAsync(after, id);
        task.GetProperty("taskId").GetString().ShouldBe(id);
        while (task.GetProperty("status").GetString() == "working")
        {
            await Task.Delay(task.GetProperty("pollIntervalMs").GetInt32() / 4, Cancel);
            task = await GetAsync(after, id);
        }

        task.GetProperty("status").GetString().ShouldBe("completed");
        var result = task.GetProperty("result");
        result.TryGetProperty("isError", out _).ShouldBeFalse(result.GetRawText());
        result.GetProperty("structuredContent").GetProperty("id").GetString().ShouldBe(id);
        result.GetProperty("structuredContent").GetProperty("status").GetString().ShouldBe("completed");
        scene.Creates.ShouldBe(1);
    }

    [Fact]
    public async Task ClientWithoutTasks_GetsTheVideoItself()
    {
        await using var served = new ServedProduct();
        await served.StartAsync();
        using var client = new RawMcp(served.Url, modern: true);

        var created = await client.ToolAsync("create_video", new JsonObject { ["prompt"] = "A cat", ["size"] = "320x180", ["seconds"] = "1" }, Cancel);

        created.GetProperty("resultType").GetString().ShouldBe("complete");
        created.GetProperty("structuredContent").GetProperty("id").GetString()!.ShouldStartWith("video_");
    }

    /// <summary>Killed while it is being sent, a create ends as not known: that is right, and tested elsewhere (CrashTests).</summary>
    private static async Task UnderWayAsync(RawMcp client, string id)
    {
        JsonElement seen;
        do
        {
            await Task.Delay(50, Cancel);
            seen = (await client.ToolAsync("get_video_status", new JsonObject { ["video_id"] = id }, Cancel)).GetProperty("structuredContent");
        }
        while (seen.GetProperty("status").GetString() != "in_progress" || seen.GetProperty("progress").GetInt32() == 0);
    }

    private static Task<JsonElement> GetAsync(RawMcp client, string id) => client.CallAsync("tasks/get", new JsonObject { ["taskId"] = id }, Cancel, id);

    private static JsonObject Video(string prompt) => new() { ["prompt"] = prompt, ["model"] = "lab/lab-video", ["size"] = "1280x720", ["seconds"] = "4" };
}
