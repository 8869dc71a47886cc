using System.Text.Json;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>Two callers of one server: what belongs to the one is, to the other, exactly what was never there.</summary>
public sealed class OtherCallersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VideosAndTasksOfAnother_AreAnsweredLikeUnknownOnes()
    {
        await using var scene = await LabFixture.StartAsync();
        scene.Kinora.Environment["KINORA__Server__RequireKey"] = "true";
        await using var served = new ServedProduct(scene.Kinora);
        await served.StartAsync("--toolsets", "all");
        using var ann = new HttpMcp(served.Url, await Keys.CreateAsync(scene.Kinora, "ann"));
        using var bob = new HttpMcp(served.Url, await Keys.CreateAsync(scene.Kinora, "bob"));
        var hers = (await CallAsync(ann, "create_video", """{"prompt":"Hers alone [lab:running=10000]","model":"lab/lab-video","size":"1280x720","seconds":"4"}""", tasks: true))
            .GetProperty("result").GetProperty("taskId").GetString()!;
        var nobodys = "video_" + new string('0', 32);

        foreach (var (method, given, name) in Requests("ID"))
        {
            var answers = new List<string>();
            foreach (var id in (string[])[hers, nobodys])
            {
                var answer = await bob.ModernAsync(method, given.Replace("ID", id, StringComparison.Ordinal), name.Replace("ID", id, StringComparison.Ordinal), Cancel, tasks: true);
                var message = answer.Messages.ShouldHaveSingleItem(answer.Text);
                var body = message.TryGetProperty("error", out var error) ? error : message.GetProperty("result");
                answers.Add($"{answer.Status} {body.GetRawText().Replace(id, "ID", StringComparison.Ordinal)}");
            }

            answers[0].ShouldBe(answers[1], $"{method} {given}");
            (answers[0].Contains("isError", StringComparison.Ordinal) || answers[0].Contains("code", StringComparison.Ordinal) || name == "list_videos").ShouldBeTrue(answers[0]);
        }

        (await CallAsync(bob, "list_videos", """{"limit":100}""")).GetRawText().ShouldNotContain(hers);
        (await bob.ModernAsync("resources/list", """{"x":1}""", null, Cancel)).Text.ShouldNotContain(hers);
        var completed = """{"ref":{"type":"ref/resource","uri":"kinora://videos/{id}"},"argument":{"name":"id","value":"video_"}}""";
        (await bob.ModernAsync("completion/complete", completed, null, Cancel)).Text.ShouldNotContain(hers);
        (await CallAsync(bob, "get_server_stats", """{}""")).GetProperty("result").GetProperty("structuredContent").GetProperty("in_progress").GetInt32().ShouldBe(0);

        // Still hers, and still being made.
        var state = (await ann.ModernAsync("tasks/get", $$"""{"taskId":"{{hers}}"}""", hers, Cancel, tasks: true)).Messages.Single().GetProperty("result");
        state.GetProperty("status").GetString().ShouldBe("working");
        (await CallAsync(ann, "list_videos", """{"limit":100}""")).GetRawText().ShouldContain(hers);
    }

    [Fact]
    public async Task SessionOfAnother_IsAnsweredLikeAnUnknownOne()
    {
        using var kinora = new KinoraProgram();
        kinora.Environment["KINORA__Server__RequireKey"] = "true";
        await using var served = new ServedProduct(kinora);
        await served.StartAsync();
        using var ann = new HttpMcp(served.Url, await Keys.CreateAsync(kinora, "ann"));
        using var bob = new HttpMcp(served.Url, await Keys.CreateAsync(kinora, "bob"));
        var session = (await ann.PostAsync($$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{{StdioMcp.Hello}}}""", Cancel)).Headers.GetValues("Mcp-Session-Id").Single();
        const string ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

        var answer = await bob.PostAsync(ping, Cancel, ("Mcp-Session-Id", session));
        var unknown = await bob.PostAsync(ping, Cancel, ("Mcp-Session-Id", "x"));

        ((int)answer.Status).ShouldBe(404);
        answer.Text.ShouldBe(unknown.Text);
        ((int)(await ann.PostAsync(ping, Cancel, ("Mcp-Session-Id", session))).Status).ShouldBe(200);
    }

    /// <summary>Method, parameters and the name in the header, each with the id of a video.</summary>
    private static IEnumerable<(string Method, string Given, string Name)> Requests(string id)
    {
        foreach (var tool in HostileSweep.Specs(null))
        {
            if (tool.Params is [{ Name: "video_id" }, ..])
            {
                var prompt = tool.Params.Any(p => p.Name == "prompt") ? ",\"prompt\":\"More\"" : "";
                yield return ("tools/call", $$$"""{"name":"{{{tool.Name}}}","arguments":{"video_id":"{{{id}}}"{{{prompt}}}}}""", tool.Name);
            }
        }

        yield return ("tools/call", $$$"""{"name":"list_videos","arguments":{"after":"{{{id}}}"}}""", "list_videos");
        yield return ("tools/call", $$$"""{"name":"delete_video","arguments":{"video_id":"{{{id}}}","cancel_first":true}}""", "delete_video");
        yield return ("tasks/get", $$"""{"taskId":"{{id}}"}""", id);
        yield return ("tasks/cancel", $$"""{"taskId":"{{id}}"}""", id);
        yield return ("tasks/update", $$$"""{"taskId":"{{{id}}}","inputResponses":{}}""", id);
        yield return ("resources/read", $$"""{"uri":"kinora://videos/{{id}}"}""", "kinora://videos/" + id);
        yield return ("resources/read", $$"""{"uri":"kinora://videos/{{id}}/video"}""", $"kinora://videos/{id}/video");
    }

    private static async Task<JsonElement> CallAsync(HttpMcp client, string tool, string given, bool tasks = false)
    {
        var answer = await client.ModernAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{given}}}""", tool, Cancel, tasks);
        return answer.Messages.ShouldHaveSingleItem(answer.Text);
    }
}
