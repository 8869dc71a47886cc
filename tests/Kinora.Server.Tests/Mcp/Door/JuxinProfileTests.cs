using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>The tools of the Juxin server, over the relay that its key alone switches on, and over whatever else there is.</summary>
public sealed class JuxinProfileTests
{
    [Fact]
    public async Task OverTheRelay_CreateQueryAndList_TellProgressLinkAndReason()
    {
        await using var lab = await LabServer.StartAsync();
        using var kinora = new KinoraProgram();
        kinora.Environment["JUXIN_API_KEY"] = "lab-key";
        kinora.Environment["JUXIN_API_BASE_URL"] = new Uri(lab.BaseUrl, "/juxin-unified").ToString();
        kinora.Environment["KINORA__Providers__juxin__MinPollSeconds"] = "0.1";
        await using var client = await StdioMcp.StartAsync(kinora, "--profile", "juxin");

        var made = await client.ObjectAsync("create_video", new JsonObject { ["prompt"] = "A harbour [lab:running=1]", ["orientation"] = "portrait", ["duration"] = 10, ["private"] = false, ["character_url"] = "https://example.com/cat.mp4", ["character_timestamps"] = "1,3" });
        made.GetProperty("status").GetString().ShouldBeOneOf("pending", "processing");
        made.TryGetProperty("warnings", out _).ShouldBeFalse(made.ToString());
        var done = await EndAsync(client, Id(made));
        var failed = await EndAsync(client, Id(await client.ObjectAsync("create_video", new JsonObject { ["prompt"] = "A storm [lab:queued=0,running=0,end=failed,quirk=failure_reason]" })));

        (done.GetProperty("status").GetString(), done.GetProperty("progress").GetInt32()).ShouldBe(("completed", 100));
        File.Exists(new Uri(done.GetProperty("video_url").GetString()!).LocalPath).ShouldBeTrue();
        File.Exists(new Uri(done.GetProperty("thumbnail_url").GetString()!).LocalPath).ShouldBeTrue();
        failed.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("The script said so");
        var creates = lab.Ledger.Creates;
        creates.Count.ShouldBe(2);
        (creates[0].Fields["orientation"], creates[0].Fields["size"], creates[0].Fields["duration"], creates[1].Fields["duration"]).ShouldBe(("portrait", "small", "10", "15"));
        (creates[0].Fields["private"], creates[0].Fields["watermark"], creates[0].Fields["character_timestamps"]).ShouldBe(("false", "false", "1,3"));
        (creates[1].Fields["private"], creates[1].Fields.ContainsKey("character_url")).ShouldBe(("true", false));

        var all = await client.ObjectAsync("query_all_videos", new JsonObject { ["task_ids"] = new JsonArray(Id(done), Id(failed), "task_none") });
        (all.GetProperty("total").GetInt32(), all.GetProperty("completed").GetInt32(), all.GetProperty("failed").GetInt32()).ShouldBe((3, 1, 1));
        all.GetProperty("unknown")[0].GetString().ShouldBe("task_none");
        var listed = await client.ObjectAsync("list_tasks", new JsonObject { ["status"] = "failed" });
        listed.GetProperty("tasks").EnumerateArray().Select(Id).ShouldBe([Id(failed)]);
        (listed.GetProperty("total").GetInt32(), listed.GetProperty("success_rate").GetDouble()).ShouldBe((2, 0.5));
    }

    [Fact]
    public async Task OverAnotherModel_TheSameCallWorks_AndNothingIsDroppedInSilence()
    {
        await using var scene = await LabFixture.StartAsync();
        await using var client = await StdioMcp.StartAsync(scene.Kinora, "--profile", "juxin");

        var done = await client.ObjectAsync("create_video", new JsonObject { ["prompt"] = "A harbour [lab:queued=0,running=0]", ["duration"] = 10, ["private"] = false, ["wait_for_completion"] = true });
        done = await EndAsync(client, Id(done));

        done.GetProperty("status").GetString().ShouldBe("completed");
        done.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()).ShouldBe(["private: nothing that is made here is published; false is without effect."]);
        var create = scene.Lab.Ledger.Creates.ShouldHaveSingleItem();
        (create.Fields["size"], create.Fields["seconds"]).ShouldBe(("1280x720", "10"));
    }

    [Theory]
    [InlineData("character_url", "\"https://example.com/cat.mp4\"")]
    [InlineData("character_timestamps", "\"1,3\"")]
    [InlineData("duration", "12")]
    public async Task WhatCannotBeHad_IsRefusedByName_BeforeAnythingIsSent(string field, string value)
    {
        await using var scene = await LabFixture.StartAsync();
        await using var client = await StdioMcp.StartAsync(scene.Kinora, "--profile", "juxin");

        var answer = (await client.ToolAsync("create_video", $$"""{"prompt":"A cat","{{field}}":{{value}}}""")).GetProperty("result");

        answer.GetProperty("isError").GetBoolean().ShouldBeTrue();
        answer.GetProperty("_meta").GetProperty("kinora/fields")[0].GetString().ShouldBe(field);
        scene.Lab.Traffic.Requests.ShouldNotContain(request => request.Method == "POST");
    }

    private static string Id(JsonElement task) => task.GetProperty("id").GetString()!;

    private static async Task<JsonElement> EndAsync(StdioMcp client, string id)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var task = await client.ObjectAsync("query_video_status", new JsonObject { ["task_id"] = id });
            if (task.GetProperty("status").GetString() is "completed" or "failed")
            {
                return task;
            }

            clock.Elapsed.ShouldBeLessThan(KinoraProgram.Patience);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
