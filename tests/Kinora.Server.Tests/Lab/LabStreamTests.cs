using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Lab;

/// <summary>The lab's streams as they go over the wire, and what scripts do to them. Whole streams are judged by <see cref="OfficialSdkStreamTests"/>.</summary>
public sealed class LabStreamTests : LabScene
{
    private const string Images = "/openai/v1/images/generations";
    private const string Responses = "/openai/v1/responses";

    [Theory]
    [InlineData(Images, "[lab:create=429_html]", 429)]
    [InlineData(Images, "[lab:create=503]", 503)]
    [InlineData(Images, "[lab:fault=nonsense]", 400)]
    [InlineData(Responses, "[lab:create=401]", 401)]
    [InlineData("/images/v1/images/generations", "", 400)]
    public async Task Refusals_ComeBeforeTheStream(string path, string script, int status)
    {
        using var answer = await PostAsync(path, "x " + script);

        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldNotBe("text/event-stream");
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Images, "end=failed", "image_generation.partial_image,error")]
    [InlineData(Images, "fault=error_event", "image_generation.partial_image,error")]
    [InlineData(Images, "picture=none", "image_generation.partial_image")]
    [InlineData(Images, "picture=garbage", "image_generation.partial_image,image_generation.completed")]
    [InlineData(Responses, "end=failed", "response.image_generation_call.partial_image,response.failed")]
    [InlineData(Responses, "end=expired", "response.image_generation_call.partial_image,response.incomplete")]
    [InlineData(Responses, "end=cancelled", "response.image_generation_call.generating,response.image_generation_call.partial_image")]
    [InlineData(Responses, "end=moderation", "response.output_item.done,response.completed")]
    [InlineData(Responses, "fault=error_event", "response.image_generation_call.partial_image,error")]
    public async Task Stream_EndsAsScripted_AndIsPaid(string path, string script, string lastEvents)
    {
        using var answer = await PostAsync(path, $"x [lab:{script}]");
        var events = await EventsAsync(answer);

        string.Join(',', events.TakeLast(lastEvents.Split(',').Length).Select(one => (string)one["type"]!)).ShouldBe(lastEvents);
        Lab.Ledger.Creates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Error_OfAnImage_HasTheFormOfAPlainOne()
    {
        using var answer = await PostAsync(Images, "x [lab:end=moderation]");
        var error = (await EventsAsync(answer))[^1];

        ((string)error["type"]!, (string)error["error"]!["code"]!, (string)error["error"]!["type"]!).ShouldBe(("error", "moderation_blocked", "image_generation_user_error"));
        ((string)error["error"]!["message"]!).ShouldContain("safety system");
    }

    [Theory]
    [InlineData("reset_after_accept", 0)]
    [InlineData("reset_mid_body", 1)]
    public async Task Line_GoesDeadOnceItIsPaid(string fault, int least)
    {
        var read = 0;
        await Should.ThrowAsync<Exception>(async () =>
        {
            using var answer = await PostAsync(Responses, $"x [lab:create={fault}]");
            await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
            await foreach (var _ in SseParser.Create(body).EnumerateAsync(Cancel))
            {
                read++;
            }
        });

        read.ShouldBeGreaterThanOrEqualTo(least);
        Lab.Ledger.Creates.Single().Outcome.ShouldBe(fault);
    }

    [Fact]
    public async Task HalfAStream_EndsWithoutAResult()
    {
        using var answer = await PostAsync(Images, "x [lab:create=half_json]");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldNotContain("image_generation.completed");
        Lab.Ledger.Creates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Response_WithoutAnId_HasNoneInAnyEvent()
    {
        using var answer = await PostAsync(Responses, "x [lab:create=no_id]");
        var responses = (await EventsAsync(answer)).Select(one => one["response"]).OfType<JsonObject>().ToList();

        responses.Count.ShouldBe(3);
        responses.ShouldAllBe(response => !response.ContainsKey("id"));
    }

    [Fact]
    public async Task Response_OfEarlier_IsNotStreamedAgain()
    {
        using var answer = await PostAsync(Responses, "x");
        var id = (string)(await EventsAsync(answer))[^1]["response"]!["id"]!;

        (await Http.GetAsync($"{Responses}/{id}?stream=true", Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)JsonNode.Parse(await Http.GetStringAsync($"{Responses}/{id}", Cancel))!["status"]!).ShouldBe("completed");
    }

    private Task<HttpResponseMessage> PostAsync(string path, string prompt)
    {
        var body = path == Responses
            ? new JsonObject { ["model"] = "m", ["input"] = prompt, ["tools"] = new JsonArray(new JsonObject { ["type"] = "image_generation", ["partial_images"] = 1 }) }
            : new JsonObject { ["prompt"] = prompt, ["partial_images"] = 1 };
        body["stream"] = true;
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body.ToJsonString()) };
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    // Each event stands under its own name.
    private static async Task<List<JsonNode>> EventsAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
        var events = new List<JsonNode>();
        await foreach (var item in SseParser.Create(body).EnumerateAsync(Cancel))
        {
            var one = JsonNode.Parse(item.Data)!;
            item.EventType.ShouldBe((string)one["type"]!);
            events.Add(one);
        }

        return events;
    }
}
