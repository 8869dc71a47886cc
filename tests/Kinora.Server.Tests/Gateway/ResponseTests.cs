using System.Net;
using System.Text.Json;
using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>OpenAI's responses with the image tool over the wire, on the built-in renderer and on the lab.</summary>
[Collection(nameof(PictureServer))]
public sealed class ResponseTests(PictureServer server)
{
    private const string Responses = "/v1/responses";

    private static readonly string[] _keys =
    [
        "id", "object", "created_at", "completed_at", "status", "background", "model", "error", "incomplete_details", "instructions", "metadata", "parallel_tool_calls", "previous_response_id", "store",
        "temperature", "tool_choice", "tools", "top_p", "usage", "access_programs", "output", "kinora",
    ];

    [Fact]
    public async Task Response_IsThePicture_AndSaysAgainWhatItWasAskedBy()
    {
        using var user = await server.NewUserAsync();
        var reply = await user.PostAsync(Responses, new
        {
            model = "gpt-5.6",
            input = "A red kite",
            instructions = "In the style of a woodcut",
            metadata = new { shot = "12" },
            tools = new[] { new { type = "image_generation", model = PictureServer.Animatic, size = "256x192", output_format = "webp", partial_images = 1 } },
            tool_choice = new { type = "image_generation" },
            temperature = 0.5,
        });

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        var response = reply.Json;
        response.EnumerateObject().Select(p => p.Name).ShouldBe(_keys);
        (Text(response, "object"), Text(response, "status"), Text(response, "model"), Text(response, "instructions")).ShouldBe(("response", "completed", "gpt-5.6", "In the style of a woodcut"));
        response.GetProperty("metadata").ToString().ShouldBe("""{"shot":"12"}""");
        response.GetProperty("tools").ToString().ShouldBe("""[{"type":"image_generation","model":"animatic/storyboard","size":"256x192","output_format":"webp","partial_images":1}]""");
        response.GetProperty("tool_choice").ToString().ShouldBe("""{"type":"image_generation"}""");
        var call = response.GetProperty("output").EnumerateArray().Single();
        call.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "type", "status", "action", "size", "quality", "background", "output_format", "result"]);
        Text(call, "id").ShouldBe("ig_" + reply.Id["resp_".Length..]);
        (Text(call, "type"), Text(call, "status"), Text(call, "action"), Text(call, "size"), Text(call, "output_format")).ShouldBe(("image_generation_call", "completed", "generate", "256x192", "webp"));
        (await ForeignFilm.PixelsAsync(call.GetProperty("result").GetBytesFromBase64(), 256, 192)).Length.ShouldBe(256 * 192 * 3);
        var warnings = response.GetProperty("kinora").GetProperty("warnings").EnumerateArray().Select(w => w.GetString()).ToList();
        warnings.ShouldContain("temperature: taken, and without effect here.");
        warnings.ShouldContain("tools[0].partial_images: taken, and without effect here.");

        // Looked at later it is the same, to the last letter.
        (await user.GetAsync($"{Responses}/{reply.Id}")).Text.ShouldBe(reply.Text);
    }

    [Fact]
    public async Task InTheBackground_ItIsAnsweredAtOnce_AndLookedAtUntilItIsThere()
    {
        using var user = await server.NewUserAsync();
        var reply = await user.PostAsync(Responses, new { model = "gpt-5.6", input = "A slow kite [lab:create=latency:500]", background = true, tools = Tools() });

        (reply.Status, Text(reply.Json, "status")).ShouldBe((HttpStatusCode.OK, "queued"), reply.Text);
        (reply.Json.GetProperty("background").GetBoolean(), reply.Json.GetProperty("output").GetArrayLength(), reply.Header("openai-poll-after-ms")).ShouldBe((true, 0, "1000"));
        var end = await EndAsync(user, reply.Id);
        (Text(end, "status"), end.GetProperty("output")[0].GetProperty("result").GetBytesFromBase64().Length).ShouldBe(("completed", end.GetProperty("kinora").GetProperty("files")[0].GetProperty("bytes").GetInt32()));
        Text(end.GetProperty("kinora"), "model").ShouldBe("pictures/gpt-image-2");
        // What has ended is answered as it is.
        Text((await user.PostAsync($"{Responses}/{reply.Id}/cancel")).Json, "status").ShouldBe("completed");
    }

    [Fact]
    public async Task Cancel_StopsItAtTheProvider_AndOnlyInTheBackground()
    {
        using var user = await server.NewUserAsync();
        var reply = await user.PostAsync(Responses, new { input = "An endless kite [lab:running=100000]", background = true, tools = Tools("pictures/gpt-5.6-sol") });
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        await UntilAsync(user, reply.Id, response => Text(response, "status") == "in_progress");

        var cancelled = await user.PostAsync($"{Responses}/{reply.Id}/cancel");

        (Text(cancelled.Json, "status"), cancelled.Json.GetProperty("output").GetArrayLength(), cancelled.Json.GetProperty("error").ValueKind).ShouldBe(("cancelled", 0, JsonValueKind.Null), cancelled.Text);
        var waited = await user.PostAsync(Responses, new { input = "A kite", tools = Tools(PictureServer.Animatic) });
        ShouldBeRefused(await user.PostAsync($"{Responses}/{waited.Id}/cancel"), HttpStatusCode.BadRequest, "invalid_request", null);
    }

    [Fact]
    public async Task Turns_GoOnFromOneAnother_ByResponseAndByPicture()
    {
        using var user = await server.NewUserAsync();
        var first = await user.PostAsync(Responses, new { input = $"A red house of {user.Name}", tools = Tools("pictures/gpt-5.6-sol") });
        first.Status.ShouldBe(HttpStatusCode.OK, first.Text);
        var second = await user.PostAsync(Responses, new { input = "Make the roof blue", previous_response_id = first.Id, tools = Tools("pictures/gpt-5.6-sol") });
        second.Status.ShouldBe(HttpStatusCode.OK, second.Text);
        (Text(second.Json, "previous_response_id"), Text(second.Json.GetProperty("output")[0], "action")).ShouldBe((first.Id, "edit"));

        // As clients that keep the conversation themselves send it: all there was, then the next words.
        var input = new List<object> { new { role = "user", content = "A red house" } };
        input.AddRange(first.Json.GetProperty("output").EnumerateArray().Select(item => (object)item));
        input.Add(new { role = "user", content = new[] { new { type = "input_text", text = "Rather a green one" } } });
        var branch = await user.PostAsync(Responses, new { input, tools = Tools("pictures/gpt-5.6-sol") });
        branch.Status.ShouldBe(HttpStatusCode.OK, branch.Text);

        var row = (await user.GetAsync($"/api/images/{branch.Id["resp_".Length..]}")).Json;
        (Text(row, "prompt"), Text(row, "from_image_id")).ShouldBe(("A red house\nRather a green one", "image_" + first.Id["resp_".Length..]));
        var turns = server.Lab.Traffic.Sent.Where(sent => sent is { Method: "POST", Json: not null }).Select(sent => sent.Json!).Where(json => json["previous_response_id"] is not null).ToList();
        turns.Count.ShouldBe(2, "the provider itself goes on");

        // A picture of any door, and one of its own; anew, where that is asked.
        var anew = await user.PostAsync(Responses, new { input = "Another", previous_response_id = first.Id, tools = new[] { new { type = "image_generation", action = "generate", model = PictureServer.Animatic, size = "256x256" } } });
        (Text(anew.Json.GetProperty("output")[0], "action"), Text(anew.Json, "previous_response_id")).ShouldBe(("generate", first.Id), anew.Text);
    }

    [Fact]
    public async Task PicturesOfTheInput_AreChanged_UnderTheirMask()
    {
        using var user = await server.NewUserAsync();
        var picture = Url(await ForeignFilm.TestPictureAsync(256, 192));
        object Body(string mask) => new
        {
            input = new[] { new { role = "user", content = new object[] { new { type = "input_text", text = "By night" }, new { type = "input_image", image_url = picture, detail = "auto" } } } },
            tools = new[] { new { type = "image_generation", model = PictureServer.Animatic, input_image_mask = new { image_url = mask } } },
        };
        var mask = await new Kinora.Server.Lab.LabPictures("ffmpeg").MakeAsync(new Kinora.Server.Lab.LabPicture(new(256, 192), "png", true));

        var reply = await user.PostAsync(Responses, Body(Url(mask)));

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        (Text(reply.Json.GetProperty("output")[0], "action"), Text(reply.Json.GetProperty("output")[0], "size")).ShouldBe(("edit", "256x192"));
        reply.Json.GetProperty("tools").ToString().ShouldNotContain("base64");
        ShouldBeRefused(await user.PostAsync(Responses, Body(picture)), HttpStatusCode.BadRequest, "invalid_value", "tools[0].input_image_mask");
    }

    [Fact]
    public async Task Stream_HasTheEventsOfTheOriginal_InTheirOrder()
    {
        using var user = await server.NewUserAsync();
        var reply = await user.PostAsync(Responses, new { input = "A streamed kite", stream = true, tools = Tools(PictureServer.Animatic) });

        (reply.Status, reply.Header("Content-Type")).ShouldBe((HttpStatusCode.OK, "text/event-stream; charset=utf-8"));
        var events = ServerSentEvents.Read(reply.Text);
        events.Select(e => e.Name).ShouldBe(
        [
            "response.created", "response.in_progress", "response.output_item.added", "response.image_generation_call.in_progress", "response.image_generation_call.generating",
            "response.image_generation_call.completed", "response.output_item.done", "response.completed",
        ]);
        events.Select(e => e.Data.GetProperty("sequence_number").GetInt32()).ShouldBe(Enumerable.Range(0, events.Count));
        events.ShouldAllBe(e => Text(e.Data, "type") == e.Name);
        var last = events[^1].Data.GetProperty("response");
        last.EnumerateObject().Select(p => p.Name).ShouldBe(_keys);
        Text(last.GetProperty("output")[0], "result").ShouldBe(Text(events[^2].Data.GetProperty("item"), "result"));
        events[0].Data.GetProperty("response").GetProperty("output").GetArrayLength().ShouldBe(0);

        var failed = ServerSentEvents.Read((await user.PostAsync(Responses, new { input = "Blocked [lab:create=moderation]", stream = true, background = true, tools = Tools() })).Text);
        failed.Select(e => e.Name).ShouldContain("response.queued");
        (failed[^1].Name, Text(failed[^1].Data.GetProperty("response"), "status")).ShouldBe(("response.failed", "failed"));
    }

    [Fact]
    public async Task APictureThatCannotBeMade_IsAFailedResponse()
    {
        using var user = await server.NewUserAsync();
        var reply = await user.PostAsync(Responses, new { input = "Blocked [lab:create=moderation]", tools = Tools() });

        (reply.Status, Text(reply.Json, "status"), Text(reply.Json.GetProperty("error"), "code")).ShouldBe((HttpStatusCode.OK, "failed", "content_policy"), reply.Text);
        (Text(reply.Json.GetProperty("output")[0], "status"), reply.Json.GetProperty("output")[0].GetProperty("result").ValueKind).ShouldBe(("failed", JsonValueKind.Null));
    }

    [Fact]
    public async Task SentAgain_IsTheSameResponse_PaidOnce()
    {
        using var user = await server.NewUserAsync();
        var input = $"Once for {user.Name}";
        var first = await user.PostAsync(Responses, new { input, metadata = new { a = "1" }, tools = Tools() });

        var again = await user.PostAsync(Responses, new { input, metadata = new { a = "1" }, tools = Tools() }, ("X-Stainless-Retry-Count", "2"));

        again.Id.ShouldBe(first.Id);
        server.Paid(input).ShouldBe(1);
        var other = await user.PostAsync(Responses, new { input, metadata = new { a = "2" }, tools = Tools() }, ("X-Stainless-Retry-Count", "2"));
        other.Id.ShouldNotBe(first.Id, "that is another request");
    }

    [Fact]
    public async Task Delete_RemovesIt_WithItsPicture()
    {
        using var user = await server.NewUserAsync();
        var made = await user.PostAsync(Responses, new { input = "A kite", tools = Tools(PictureServer.Animatic) });

        (await user.DeleteAsync($"{Responses}/{made.Id}")).Text.ShouldBe($$"""{"id":"{{made.Id}}","object":"response","deleted":true}""");

        ShouldBeRefused(await user.GetAsync($"{Responses}/{made.Id}"), HttpStatusCode.NotFound, "not_found", null);
        ShouldBeRefused(await user.PostAsync(Responses, new { input = "x", previous_response_id = made.Id, tools = Tools() }), HttpStatusCode.BadRequest, "previous_response_not_found", "previous_response_id");
    }

    [Fact]
    public async Task AnothersResponse_IsNone_AndNeitherIsAVideoOrAnythingElse()
    {
        using var user = await server.NewUserAsync();
        using var another = await server.NewUserAsync();
        var made = await user.PostAsync(Responses, new { input = "A kite", background = true, tools = Tools(PictureServer.Animatic) });
        var video = (await another.PostAsync("/v1/videos", new { prompt = "A kite", model = PictureServer.Animatic, seconds = "1", size = "320x180" })).Id["video_".Length..];
        var hex = made.Id["resp_".Length..];
        foreach (var id in (string[])[made.Id, "resp_" + video, "resp_" + Guid.Empty.ToString("N"), hex, "image_" + hex, "resp_", "resp_" + hex + "0", "resp_%2e%2e%2f", new string('r', 300)])
        {
            ShouldBeRefused(await another.GetAsync($"{Responses}/{id}"), HttpStatusCode.NotFound, "not_found", null);
            ShouldBeRefused(await another.PostAsync($"{Responses}/{id}/cancel"), HttpStatusCode.NotFound, "not_found", null);
            ShouldBeRefused(await another.DeleteAsync($"{Responses}/{id}"), HttpStatusCode.NotFound, "not_found", null);
        }

        foreach (var id in (string[])[made.Id, "resp_" + video, "resp_" + Guid.Empty.ToString("N"), "nothing"])
        {
            ShouldBeRefused(await another.PostAsync(Responses, new { input = "x", previous_response_id = id, tools = Tools() }), HttpStatusCode.BadRequest, "previous_response_not_found", "previous_response_id");
        }

        object[] calls = [new { type = "image_generation_call", id = "ig_" + hex }, new { role = "user", content = "x" }];
        ShouldBeRefused(await another.PostAsync(Responses, new { input = calls, tools = Tools() }), HttpStatusCode.NotFound, "not_found", "input");
        (await another.GetAsync("/api/images")).Json.GetProperty("images").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"input":"x"}""", "tools", "missing_required_parameter")]
    [InlineData("""{"input":"x","tools":[]}""", "tools", "missing_required_parameter")]
    [InlineData("""{"tools":[T]}""", "input", "missing_required_parameter")]
    [InlineData("""{"input":"","tools":[T]}""", "input", "invalid_value")]
    [InlineData("""{"input":"x","tools":[{"type":"web_search"}]}""", "tools[0].type", "invalid_value")]
    [InlineData("""{"input":"x","tools":[T,T]}""", "tools", "invalid_value")]
    [InlineData("""{"input":"x","tools":[{"type":"image_generation","colour":"red"}]}""", "tools[0].colour", "unknown_parameter")]
    [InlineData("""{"input":"x","tools":[{"type":"image_generation","size":"huge"}]}""", "tools[0].size", "invalid_value")]
    [InlineData("""{"input":"x","tools":[{"type":"image_generation","action":"edit"}]}""", "tools[0].action", "invalid_value")]
    [InlineData("""{"input":"x","tools":[T],"tool_choice":"none"}""", "tool_choice", "invalid_value")]
    [InlineData("""{"input":"x","tools":[T],"conversation":"conv_1"}""", "conversation", "unknown_parameter")]
    [InlineData("""{"input":"x","tools":[T],"background":true,"store":false}""", "background", "invalid_value")]
    [InlineData("""{"input":"x","tools":[T],"metadata":{"a":1}}""", "metadata", "invalid_value")]
    [InlineData("""{"input":7,"tools":[T]}""", "input", "invalid_type")]
    [InlineData("""{"input":[{"type":"input_file"}],"tools":[T]}""", "input[0].type", "invalid_value")]
    [InlineData("""{"input":["x"],"tools":[T]}""", "input[0]", "invalid_value")]
    [InlineData("""{"input":[{"role":"robot","content":"x"}],"tools":[T]}""", "input[0].role", "invalid_value")]
    [InlineData("""{"input":[{"role":"user","content":[{"type":"input_audio"}]}],"tools":[T]}""", "input[0].content[0].type", "invalid_value")]
    [InlineData("""{"input":[{"role":"user","content":[{"type":"input_image"}]}],"tools":[T]}""", "input[0].content[0]", "missing_required_parameter")]
    [InlineData("""{"input":[{"type":"image_generation_call","id":"ig_x"},{"role":"user","content":"x"}],"tools":[T]}""", "input[0].id", "invalid_value")]
    public async Task WhatIsWrong_IsNamed(string body, string param, string code)
    {
        using var user = await server.NewUserAsync();
        using var content = new StringContent(body.Replace("T", """{"type":"image_generation"}""", StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");

        ShouldBeRefused(await user.SendAsync(HttpMethod.Post, Responses, content), HttpStatusCode.BadRequest, code, param);
    }

    private static object[] Tools(string? model = null) => model is null ? [new { type = "image_generation" }] : model == PictureServer.Animatic
        ? [new { type = "image_generation", model, size = "256x256" }]
        : [new { type = "image_generation", model }];

    private static Task<JsonElement> EndAsync(ApiClient user, string id) => UntilAsync(user, id, response => Text(response, "status") is "completed" or "failed" or "cancelled");

    private static async Task<JsonElement> UntilAsync(ApiClient user, string id, Func<JsonElement, bool> condition)
    {
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        while (true)
        {
            var reply = await user.GetAsync($"{Responses}/{id}");
            reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
            if (condition(reply.Json))
            {
                return reply.Json;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    private static void ShouldBeRefused(ApiReply reply, HttpStatusCode status, string code, string? param)
    {
        reply.Status.ShouldBe(status, reply.Text);
        var error = reply.Json.GetProperty("error");
        (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()).ShouldBe((code, param), reply.Text);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Url(byte[] picture) => "data:image/png;base64," + Convert.ToBase64String(picture);
}
