using System.Net;
using System.Text;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Relay;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Relay;

/// <summary>Answers as gateways' pages and clients show them, read by their profiles.</summary>
public sealed class RelayAnswerTests
{
    public static TheoryData<string, string, string> Answers => new()
    {
        { "apimart", """{"code":200,"data":[{"status":"submitted","task_id":"task_1"}]}""", "task_1 Queued" },
        { "apimart", """{"code":200,"data":{"id":"task_1","status":"processing","progress":40}}""", "task_1 Running 40" },
        { "apimart", """{"code":200,"data":{"id":"task_1","status":"completed","progress":100,"result":{"videos":[{"url":["https://a.example/v.mp4"]}]}}}""", "task_1 Completed 100 https://a.example/v.mp4" },
        { "apimart", """{"code":200,"data":{"id":"task_1","status":"failed","error_message":"no"}}""", "task_1 Failed no" },
        { "qnaigc", """{"id":"q","status":"initializing"}""", "q Queued" },
        { "qnaigc", """{"id":"q","status":"completed","task_result":{"videos":[{"url":"https://a.example/v.mp4"}]}}""", "q Completed https://a.example/v.mp4" },
        { "new-api", """{"task_id":"n","status":"submitted"}""", "n Queued" },
        { "new-api", """{"task_id":"n","status":"succeeded","url":"https://a.example/v.mp4","error":null}""", "n Completed https://a.example/v.mp4" },
        { "new-api", """{"task_id":"n","status":"failed","error":{"code":"bad","message":"no"}}""", "n Failed no" },
        { "juxin", """{"id":"sora-2:task_1","status":"pending","detail":{"pending_info":{"progress_pct":1,"status":"processing"}}}""", "sora-2:task_1 Running 100" },
        { "juxin", """{"id":"video_1","status":"processing","progress":1}""", "video_1 Running 1" },
        { "juxin", """{"id":"video_1","status":"pending","detail":{"pending_info":{"status":"completed"}}}""", "video_1 Queued" },
        { "juxin", """{"id":"video_1","status":"video_upsampling_failed","video_url":""}""", "video_1 Running" },
        { "juxin", """{"id":"video_1","status":"completed","video_url":"not a link","thumbnail_url":"https://a.example/t.webp"}""", "video_1 Completed" },
        { "juxin", """{"id":7,"status":"failed","error_code":"sensitive_content"}""", "7 Failed sensitive_content" },
        { "juxin", """[]""", "nothing Running" },
        { "juxin", """{"id":"\ud800","status":{"a":1},"video_url":["x"],"error":[],"progress":"soon"}""", "nothing Running" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_IsReadAsItsProfileSays(string profile, string json, string read)
    {
        var answer = RelayAnswer.Of(Reply(json), Profile(profile)).ShouldNotBeNull();

        var said = new[] { answer.Id ?? "nothing", answer.State.ToString(), $"{answer.Progress * 100:0}", answer.Link, answer.State == RemoteState.Failed ? answer.Error?.Text : null };
        string.Join(' ', said.Where(part => !string.IsNullOrEmpty(part))).ShouldBe(read);
    }

    [Fact]
    public void Page_IsNoAnswer() => RelayAnswer.Of(Reply("<!doctype html>"), Profile("juxin")).ShouldBeNull();

    private static RelayProfile Profile(string name) =>
        RelayProfiles.Of(new ProviderSettings { Name = "x", Kind = "relay", Extra = new Dictionary<string, string> { ["Profile"] = name } }, null, afresh: false, []).ShouldNotBeNull();

    private static ApiReply Reply(string text) => new(HttpStatusCode.OK, new HttpResponseMessage().Headers, null, "application/json", Encoding.UTF8.GetBytes(text)) { Whole = true };
}
