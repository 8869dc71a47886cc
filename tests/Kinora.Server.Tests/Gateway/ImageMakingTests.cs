using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Kinora.Server.Tests.Api.Flows;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>OpenAI's image operations over the wire: what is answered, and that a request is paid once however often its client sends it.</summary>
[Collection(nameof(PictureServer))]
public sealed class ImageMakingTests(PictureServer server)
{
    private const string Generations = "/v1/images/generations";
    private const string Edits = "/v1/images/edits";

    private static readonly (string, string) _again = ("X-Stainless-Retry-Count", "1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generation_AnswersWithThePicturesThemselves()
    {
        using var user = await server.NewUserAsync();
        var reply = await user.PostAsync(Generations, new { prompt = "A red kite", model = PictureServer.Animatic, n = 2, size = "256x192", output_format = "webp", quality = "high", user = "x" });

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        reply.Header("Content-Type").ShouldBe("application/json; charset=utf-8");
        reply.Header("x-request-id")!.ShouldStartWith("req_");
        reply.Json.EnumerateObject().Select(p => p.Name).ShouldBe(["created", "data", "background", "output_format", "size", "quality", "kinora"]);
        reply.Json.GetProperty("created").GetInt64().ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds(), DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        (Text(reply.Json, "output_format"), Text(reply.Json, "size"), Text(reply.Json, "quality"), Text(reply.Json, "background")).ShouldBe(("webp", "256x192", "high", "opaque"));
        var data = reply.Json.GetProperty("data").EnumerateArray().ToList();
        data.Count.ShouldBe(2);
        data.ShouldAllBe(d => d.EnumerateObject().Single().Name == "b64_json");
        foreach (var picture in data)
        {
            (await ForeignFilm.PixelsAsync(picture.GetProperty("b64_json").GetBytesFromBase64(), 256, 192)).Length.ShouldBe(256 * 192 * 3);
        }

        var kinora = reply.Json.GetProperty("kinora");
        kinora.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()).ShouldContain("user: taken, and without effect here.");
        // It is the same job at every other door, and the same bytes.
        var id = Text(kinora, "id");
        (await user.GetAsync($"/api/images/{id}/content?index=1")).Bytes.ShouldBe(data[1].GetProperty("b64_json").GetBytesFromBase64());
    }

    [Fact]
    public async Task Links_OpenWithoutAKey_AtTheAddressThatWasCalled()
    {
        using var user = await server.NewUserAsync();
        using var stranger = new ApiClient(server.Url, token: null);
        var reply = await user.PostAsync(Generations, new { prompt = "A link", model = PictureServer.Animatic, size = "256x256", response_format = "url" });

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        var data = reply.Json.GetProperty("data").EnumerateArray().Single();
        data.EnumerateObject().Single().Name.ShouldBe("url");
        Text(data, "url").ShouldStartWith(server.Url + "/media/");
        var content = await stranger.GetAsync(Text(data, "url"));
        (content.Status, content.Header("Content-Type")).ShouldBe((HttpStatusCode.OK, "image/png"));
    }

    [Fact]
    public async Task Edit_TakesSixteenFilesAndAMask_InOrder()
    {
        using var user = await server.NewUserAsync();
        using var form = new MultipartFormDataContent { { new StringContent("Sixteen in one"), "prompt" }, { new StringContent("1024x1024"), "size" }, { new StringContent("low"), "input_fidelity" } };
        for (var i = 0; i < 16; i++)
        {
            form.Add(Octets(await ForeignFilm.TestPictureAsync(64 + i, 48)), "image[]", "unknown_file");
        }

        form.Add(Octets(await MaskAsync(64, 48)), "mask", "mask.png");

        var reply = await user.SendAsync(HttpMethod.Post, Edits, form);

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        var create = server.Lab.Ledger.Creates.Last(c => c.Path.EndsWith("/images/edits", StringComparison.Ordinal));
        create.Files.Select(f => f.Field).Where(f => f.StartsWith("image", StringComparison.Ordinal)).Count().ShouldBe(16);
        create.Files.Count(f => f.Field == "mask").ShouldBe(1);
        reply.Json.GetProperty("kinora").GetProperty("warnings").ToString().ShouldContain("input_fidelity");
        Text(reply.Json.GetProperty("kinora"), "operation").ShouldBe("edit");
    }

    [Fact]
    public async Task Edit_ByFilesAndByJson_IsTheSameJob()
    {
        using var user = await server.NewUserAsync();
        var (picture, mask) = (await ForeignFilm.TestPictureAsync(256, 192), await MaskAsync(256, 192));
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Both ways"), "prompt" }, { new StringContent(PictureServer.Animatic), "model" }, { Octets(picture), "image", "a.png" }, { Octets(mask), "mask", "m.png" },
        };
        var first = await user.SendAsync(HttpMethod.Post, Edits, form);
        first.Status.ShouldBe(HttpStatusCode.OK, first.Text);

        var second = await user.PostAsync(Edits, new { prompt = "Both ways", model = PictureServer.Animatic, images = new[] { new { image_url = Url(picture) } }, mask = new { image_url = Url(mask) } }, _again);

        second.Status.ShouldBe(HttpStatusCode.OK, second.Text);
        Id(second).ShouldBe(Id(first));
        (second.Header("idempotent-replayed"), Text(second.Json, "size")).ShouldBe(("true", "256x192"));
    }

    [Fact]
    public async Task UploadedFiles_AreNamedByTheirIds_ByTheirOwner()
    {
        using var user = await server.NewUserAsync();
        using var another = await server.NewUserAsync();
        var picture = await ForeignFilm.TestPictureAsync(256, 192);
        using var form = new MultipartFormDataContent { { new StringContent("vision"), "purpose" }, { Octets(picture), "file", "a.png" } };
        var file = (await user.SendAsync(HttpMethod.Post, "/v1/files", form)).Id;
        object Body(string id) => new { prompt = "By id", model = PictureServer.Animatic, images = new[] { new { file_id = id } } };

        var byId = await user.PostAsync(Edits, Body(file));

        Id(byId).ShouldBe(Id(await user.PostAsync(Edits, new { prompt = "By id", model = PictureServer.Animatic, images = new[] { new { image_url = Url(picture) } } }, _again)));
        var foreign = await another.PostAsync(Edits, Body(file));
        ShouldBeRefused(foreign, HttpStatusCode.NotFound, "not_found", "images[0]");
        foreign.Json.GetProperty("error").ToString().ShouldBe((await another.PostAsync(Edits, Body("file-" + Guid.Empty.ToString("N")))).Json.GetProperty("error").ToString());
        object Turn(string id) => new
        {
            input = new[] { new { role = "user", content = new object[] { new { type = "input_text", text = "By id" }, new { type = "input_image", file_id = id } } } },
            tools = new[] { new { type = "image_generation", model = PictureServer.Animatic } },
        };
        (await user.PostAsync("/v1/responses", Turn(file))).Json.GetProperty("output")[0].GetProperty("size").GetString().ShouldBe("256x192");
        ShouldBeRefused(await another.PostAsync("/v1/responses", Turn(file)), HttpStatusCode.NotFound, "not_found", "input[0].content[1]");
    }

    [Theory]
    [InlineData("generations", """{"prompt":"x","colour":"red"}""", "colour", "unknown_parameter")]
    [InlineData("generations", """{"n":1}""", "prompt", "missing_required_parameter")]
    [InlineData("generations", """{"prompt":"x","n":"1"}""", "n", "invalid_type")]
    [InlineData("generations", """{"prompt":"x","n":11}""", "n", "invalid_value")]
    [InlineData("generations", """{"prompt":"x","size":"huge"}""", "size", "invalid_value")]
    [InlineData("generations", """{"prompt":"x","output_format":"gif"}""", "output_format", "invalid_value")]
    [InlineData("generations", """{"prompt":"x","background":"transparent","output_format":"jpeg"}""", "background", "invalid_value")]
    [InlineData("edits", """{"prompt":"x"}""", "image", "missing_required_parameter")]
    [InlineData("edits", """{"prompt":"x","images":[{}]}""", "images[0]", "missing_required_parameter")]
    [InlineData("edits", """{"prompt":"x","images":[{"image_url":"data:image/png;base64,AAAA"}]}""", "images[0]", "invalid_image")]
    public async Task WhatIsWrong_IsNamed(string operation, string body, string param, string code)
    {
        using var user = await server.NewUserAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        ShouldBeRefused(await user.SendAsync(HttpMethod.Post, "/v1/images/" + operation, content), HttpStatusCode.BadRequest, code, param);

        (await user.GetAsync("/api/images")).Json.GetProperty("images").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task WhatAModelCannotDo_IsNamedInTheWordsOfTheRequest()
    {
        using var user = await server.NewUserAsync();
        var two = new[] { new { image_url = Url(await ForeignFilm.TestPictureAsync(64, 48)) }, new { image_url = Url(await ForeignFilm.TestPictureAsync(66, 48)) } };

        ShouldBeRefused(await user.PostAsync(Edits, new { prompt = "Two", model = PictureServer.Animatic, images = two }), HttpStatusCode.BadRequest, "unsupported_by_model", "image");
        ShouldBeRefused(await user.PostAsync(Generations, new { prompt = "x", model = "nobody/nothing" }), HttpStatusCode.NotFound, "model_not_found", "model");
    }

    [Theory]
    [InlineData("moderation", HttpStatusCode.BadRequest, "content_policy")]
    [InlineData("500_after_accept", HttpStatusCode.FailedDependency, "submission_unknown")]
    public async Task AJobThatFails_IsAnErrorThatNobodySendsAgain(string fault, HttpStatusCode status, string code)
    {
        using var user = await server.NewUserAsync();
        var prompt = $"A failure of {user.Name} [lab:create={fault}]";

        var reply = await user.PostAsync(Generations, new { prompt });

        ShouldBeRefused(reply, status, code, param: null);
        reply.Header("x-should-retry").ShouldBe("false");
        var before = server.Paid(prompt);
        ShouldBeRefused(await user.PostAsync(Generations, new { prompt }, _again), status, code, param: null);
        server.Paid(prompt).ShouldBe(before);
        (await user.GetAsync("/api/images")).Json.GetProperty("images").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task SentAgain_WhileItIsMadeAndLater_IsPaidOnce()
    {
        using var user = await server.NewUserAsync();
        var prompt = $"Once for {user.Name} [lab:create=latency:1000]";
        var first = user.PostAsync(Generations, new { prompt });
        await server.ReachedAsync(prompt);

        var meanwhile = await user.PostAsync(Generations, new { prompt }, _again);
        var later = await user.PostAsync(Generations, new { prompt }, _again);

        (Id(meanwhile), Id(later)).ShouldBe((Id(await first), Id(await first)));
        meanwhile.Json.GetProperty("data").ToString().ShouldBe((await first).Json.GetProperty("data").ToString());
        server.Paid(prompt).ShouldBe(1);
        // A wish of its own says no such thing.
        Id(await user.PostAsync(Generations, new { prompt })).ShouldNotBe(Id(later));
        server.Paid(prompt).ShouldBe(2);
    }

    [Fact]
    public async Task AClientThatHangsUp_StopsNothing_AndTheSameAgainIsItsJob()
    {
        using var user = await server.NewUserAsync();
        var prompt = $"Gone, {user.Name} [lab:create=latency:1000]";
        using (var gone = new HttpClient { BaseAddress = new Uri(server.Url) })
        using (var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            gone.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", user.Token);
            var asked = gone.PostAsync(Generations, JsonContent.Create(new { prompt }), hangUp.Token);
            await server.ReachedAsync(prompt);
            await hangUp.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(asked);
        }

        var row = (await user.GetAsync("/api/images")).Json.GetProperty("images").EnumerateArray().Single();
        await user.DoneAsync(Text(row, "id"), "images");

        // Byte for byte the same, and nothing in it says that it is sent again.
        var again = await user.PostAsync(Generations, new { prompt });
        (Id(again), again.Header("idempotent-replayed")).ShouldBe((Text(row, "image_id"), "true"));
        server.Paid(prompt).ShouldBe(1);
        // It has its answer now.
        Id(await user.PostAsync(Generations, new { prompt })).ShouldNotBe(Id(again));
    }

    [Fact]
    public async Task Stream_TellsEveryPicture_AndNothingElse()
    {
        using var user = await server.NewUserAsync();
        var reply = await user.PostAsync(Generations, new { prompt = "A stream", model = PictureServer.Animatic, n = 2, size = "128x128", stream = true, partial_images = 2 });

        (reply.Status, reply.Header("Content-Type")).ShouldBe((HttpStatusCode.OK, "text/event-stream; charset=utf-8"));
        var events = ServerSentEvents.Read(reply.Text);
        events.Select(e => e.Name).ShouldBe(["image_generation.completed", "image_generation.completed"]);
        foreach (var one in events)
        {
            one.Data.EnumerateObject().Select(p => p.Name).ShouldBe(["type", "created_at", "b64_json", "background", "output_format", "size", "quality", "kinora"]);
            Text(one.Data, "type").ShouldBe(one.Name);
            (await ForeignFilm.PixelsAsync(one.Data.GetProperty("b64_json").GetBytesFromBase64(), 128, 128)).Length.ShouldBe(128 * 128 * 3);
        }

        var edit = await user.PostAsync(Edits, new { prompt = "Edited", model = PictureServer.Animatic, stream = true, images = new[] { new { image_url = Url(await ForeignFilm.TestPictureAsync(64, 48)) } } });
        ServerSentEvents.Read(edit.Text).Select(e => e.Name).ShouldBe(["image_edit.completed"]);
    }

    [Fact]
    public async Task Stream_OfAJobThatFails_EndsWithAnError_AndARefusalIsNoStream()
    {
        using var user = await server.NewUserAsync();
        var failed = await user.PostAsync(Generations, new { prompt = "Streamed [lab:create=moderation]", stream = true });

        var error = ServerSentEvents.Read(failed.Text).ShouldHaveSingleItem();
        (error.Name, Text(error.Data, "type"), Text(error.Data.GetProperty("error"), "code")).ShouldBe(("error", "error", "content_policy"));
        ShouldBeRefused(await user.PostAsync(Generations, new { prompt = "", stream = true }), HttpStatusCode.BadRequest, "invalid_value", "prompt");
    }

    [Fact]
    public async Task IdempotencyKey_NamesOneRequest()
    {
        using var user = await server.NewUserAsync();
        object Body(string prompt) => new { prompt, model = PictureServer.Animatic, size = "128x128" };
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => user.PostAsync(Generations, Body("One"), ("Idempotency-Key", "k"))));

        replies.Select(Id).Distinct().ShouldHaveSingleItem();
        ShouldBeRefused(await user.PostAsync(Generations, Body("Other"), ("Idempotency-Key", "k")), HttpStatusCode.UnprocessableEntity, "idempotency_key_reused", param: null);
    }

    private static void ShouldBeRefused(ApiReply reply, HttpStatusCode status, string code, string? param)
    {
        reply.Status.ShouldBe(status, reply.Text);
        var error = reply.Json.GetProperty("error");
        (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()).ShouldBe((code, param), reply.Text);
    }

    private static string Id(ApiReply reply)
    {
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
        return Text(reply.Json.GetProperty("kinora"), "id");
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Url(byte[] picture) => string.Create(CultureInfo.InvariantCulture, $"data:image/png;base64,{Convert.ToBase64String(picture)}");

    private static Task<byte[]> MaskAsync(int width, int height) => new Kinora.Server.Lab.LabPictures("ffmpeg").MakeAsync(new Kinora.Server.Lab.LabPicture(new(width, height), "png", true));

    /// <summary>As clients send files whose type nobody told them.</summary>
    private static ByteArrayContent Octets(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
}
