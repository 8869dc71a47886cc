using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Commands;
using OpenAI.Videos;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>The official .NET client, unchanged but for the endpoint: its video operations are raw bodies in and raw answers out, the forms are .NET's own.</summary>
public sealed class DotnetVideoTests : IAsyncLifetime
{
    private GatewayScene _scene = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await GatewayScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task AVideo_FromAForm_IsMadeListedFetchedRemixedAndDeleted()
    {
        var client = Client();
        var picture = await ForeignFilm.TestPictureAsync(320, 180);
        var created = await CreateAsync(client, "It begins here", ("input_reference", picture));
        created.GetProperty("object").GetString().ShouldBe("video");
        var id = created.GetProperty("id").GetString()!;
        (await EndAsync(client, id)).GetProperty("status").GetString().ShouldBe("completed");

        var film = (await client.DownloadVideoAsync(id)).GetRawResponse();
        film.Headers.TryGetValue("Content-Type", out var type).ShouldBeTrue();
        type.ShouldBe("video/mp4");
        (await ForeignFilm.ProbeAsync(film.Content.ToArray())).Seconds.ShouldBe(1, 0.05);
        ForeignFilm.Likeness(await ForeignFilm.FirstFrameAsync(film.Content.ToArray(), 320, 180), await ForeignFilm.PixelsAsync(picture, 320, 180)).ShouldBeGreaterThan(ForeignFilm.SamePicture);
        (await client.DownloadVideoAsync(id, "thumbnail")).GetRawResponse().Content.ToArray().AsSpan(8, 4).SequenceEqual("WEBP"u8).ShouldBeTrue();

        var remix = Json(await client.CreateVideoRemixAsync(id, BinaryContent.CreateJson(new { prompt = "By night" }), "application/json"));
        remix.GetProperty("remixed_from_video_id").GetString().ShouldBe(id);
        await EndAsync(client, remix.GetProperty("id").GetString()!);

        Json(await client.DeleteVideoAsync(id)).GetProperty("deleted").GetBoolean().ShouldBeTrue();
        (await ShouldFailAsync(() => client.GetVideoAsync(id))).Status.ShouldBe(404);
    }

    /// <summary>This client's list is one page only, whatever it says of more.</summary>
    [Fact]
    public async Task Pages_ArePassedByHand_AndShowEachJobOnce()
    {
        var client = Client();
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await CreateAsync(client, $"Shot {i}")).GetProperty("id").GetString()!);
        }

        var seen = new List<string>();
        string? after = null;
        for (var more = true; more;)
        {
            var pages = new List<JsonElement>();
            await foreach (var page in client.GetVideosAsync(2, "asc", after, null).GetRawPagesAsync())
            {
                pages.Add(Json(page));
            }

            var list = pages.ShouldHaveSingleItem();
            seen.AddRange(list.GetProperty("data").EnumerateArray().Select(video => video.GetProperty("id").GetString()!));
            after = list.GetProperty("last_id").GetString();
            more = list.GetProperty("has_more").GetBoolean();
        }

        seen.ShouldBe(made);
    }

    [Fact]
    public async Task Refusals_HaveStatusCodeAndReason()
    {
        var client = Client();
        var empty = await ShouldFailAsync(() => CreateAsync(client, ""));
        (empty.Status, empty.Message.Contains("prompt", StringComparison.OrdinalIgnoreCase)).ShouldBe((400, true));
        (await ShouldFailAsync(() => client.GetVideoAsync("video_" + new string('0', 32)))).Status.ShouldBe(404);
        (await ShouldFailAsync(() => Client(key: "kin_" + new string('A', 43)).GetVideoAsync("video_" + new string('0', 32)))).Status.ShouldBe(401);
        var size = await ShouldFailAsync(() => client.CreateVideoRemixAsync("video_" + new string('0', 32), BinaryContent.CreateJson(new { prompt = "x", fps = 24 }), "application/json"));
        size.GetRawResponse()!.Headers.TryGetValue("x-request-id", out var id).ShouldBeTrue();
        id.ShouldNotBeNullOrEmpty();
    }

    /// <summary>Its pipeline sends again by itself: the same bytes, so the same boundary, which .NET makes of a new GUID for each form.</summary>
    [Theory]
    [InlineData(nameof(Fate.Lost))]
    [InlineData(nameof(Fate.ServerError))]
    [InlineData(nameof(Fate.Lost), nameof(Fate.ServerError), nameof(Fate.Lost))]
    public async Task SentAgain_ByThePipeline_IsOneJob(params string[] fates)
    {
        using var line = new LossyTransport([.. fates.Select(Enum.Parse<Fate>)]);
        using var http = new HttpClient(line);

        var made = await CreateAsync(Client(http), "Once");

        line.Attempts.ShouldBe(fates.Length + 1);
        (await JobsAsync()).ShouldBe([made.GetProperty("id").GetString()!]);
    }

    /// <summary>A remix is JSON: nothing in what is sent again tells that it is.</summary>
    [Fact]
    public async Task ARemix_SentAgainByThePipeline_IsOneJob()
    {
        var source = (await CreateAsync(Client(), "By day")).GetProperty("id").GetString()!;
        await EndAsync(Client(), source);
        using var line = new LossyTransport(Fate.Lost);
        using var http = new HttpClient(line);

        await Client(http).CreateVideoRemixAsync(source, BinaryContent.CreateJson(new { prompt = "By night" }), "application/json");

        line.Attempts.ShouldBe(2);
        (await JobsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task AForm_PostedTwice_IsOneJob_AndAnotherFormAnother()
    {
        var client = Client();
        using var form = Form("Twice");
        var (body, type) = (await form.ReadAsByteArrayAsync(Cancel), form.Headers.ContentType!.ToString());
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            ids.Add(Json(await client.CreateVideoAsync(BinaryContent.Create(new BinaryData(body)), type)).GetProperty("id").GetString()!);
        }

        ids.Distinct().ShouldHaveSingleItem();
        (await CreateAsync(client, "Twice")).GetProperty("id").GetString().ShouldNotBe(ids[0]);
        (await JobsAsync()).Count.ShouldBe(2);
    }

    private VideoClient Client(HttpClient? http = null, string? key = null) => new(
        new ApiKeyCredential(key ?? _scene.Key),
        new VideoClientOptions { Endpoint = _scene.BaseUrl, Transport = http is null ? null : new HttpClientPipelineTransport(http), NetworkTimeout = KinoraProgram.Patience });

    private static MultipartFormDataContent Form(string prompt, params (string Name, byte[] Picture)[] files)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent(prompt), "prompt" },
            { new StringContent(GatewayScene.Animatic), "model" },
            { new StringContent("320x180"), "size" },
            { new StringContent("1"), "seconds" },
        };
        foreach (var (name, picture) in files)
        {
            form.Add(new ByteArrayContent(picture), name, "first.png");
        }

        return form;
    }

    private static async Task<JsonElement> CreateAsync(VideoClient client, string prompt, params (string Name, byte[] Picture)[] files)
    {
        using var form = Form(prompt, files);
        using var content = BinaryContent.Create(new BinaryData(await form.ReadAsByteArrayAsync(Cancel)));
        return Json(await client.CreateVideoAsync(content, form.Headers.ContentType!.ToString()));
    }

    private static async Task<JsonElement> EndAsync(VideoClient client, string id)
    {
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        while (true)
        {
            var video = Json(await client.GetVideoAsync(id));
            if (video.GetProperty("status").GetString() is "completed" or "failed")
            {
                return video;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    private async Task<List<string>> JobsAsync()
    {
        using var user = new ApiClient(_scene.BaseUrl.ToString(), _scene.Key);
        return [.. (await user.GetAsync("/v1/videos?limit=100")).Json.GetProperty("data").EnumerateArray().Select(video => video.GetProperty("id").GetString()!)];
    }

    private static async Task<ClientResultException> ShouldFailAsync<T>(Func<Task<T>> call) => await Should.ThrowAsync<ClientResultException>(async () => await call());

    private static JsonElement Json(ClientResult result) => JsonDocument.Parse(result.GetRawResponse().Content).RootElement;
}
