using System.Text.Json;
using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>Pictures out of a video and into one, compared with what the ffmpeg of this machine sees in the same file.</summary>
[Collection(nameof(ServedApi))]
public sealed class FrameTests(ServedApi api)
{
    private const int Width = 320;
    private const int Height = 180;

    [Fact]
    public async Task Screenshots_AreJpegsFromTheFirstFrameToTheTrueLast()
    {
        using var user = await api.NewUserAsync();
        var id = await MovingAsync(user);
        var film = (await user.GetAsync($"/api/videos/{id}/content")).Bytes;
        var (first, last) = (await ForeignFilm.FirstFrameAsync(film, Width, Height), await ForeignFilm.LastFrameAsync(film, Width, Height));
        ForeignFilm.Likeness(first, last).ShouldBeLessThan(ForeignFilm.SamePicture, "the test could not tell them apart");

        foreach (var (asked, count) in new[] { ("", 3), ("?count=1", 1), ("?count=2", 2), ("?count=10", 10), ("?count=0", 1), ("?count=-5", 1), ("?count=11", 10), ("?count=4000", 10) })
        {
            var reply = await user.GetAsync($"/api/videos/{id}/screenshots{asked}");
            reply.Status.ShouldBe(OK, reply.Text);
            reply.Json.GetProperty("video_id").GetString().ShouldBe(id);
            reply.Json.GetProperty("prompt").GetString().ShouldBe("A long pan to the left over dunes");
            reply.Json.GetProperty("frame_count").GetInt32().ShouldBe(count, asked);
            var frames = reply.Json.GetProperty("frames").EnumerateArray().ToList();
            frames.Select(f => f.GetProperty("frame_number").GetInt32()).ShouldBe(Enumerable.Range(1, count));
            frames.Select(f => f.GetProperty("is_final_frame").GetBoolean()).ShouldBe(Enumerable.Range(1, count).Select(n => n == count));
            var seconds = frames.Select(f => f.GetProperty("second").GetDouble()).ToList();
            seconds.ShouldBe(seconds.Order());
            frames.Select(f => Convert.ToHexString(f.GetProperty("data").GetBytesFromBase64()[..3])).Distinct().ShouldBe(["FFD8FF"]);
            ForeignFilm.Likeness(await PixelsAsync(frames[^1]), last).ShouldBeGreaterThan(ForeignFilm.SamePicture);
            if (count > 1)
            {
                ForeignFilm.Likeness(await PixelsAsync(frames[0]), first).ShouldBeGreaterThan(ForeignFilm.SamePicture);
            }
        }

        (await user.GetAsync($"/api/videos/{id}/screenshots?count=three")).ShouldBe(BadRequest, "count must be a whole number, not \"three\".");
    }

    [Fact]
    public async Task References_ComeBackFittedToTheVideo_HoweverTheyWereSent()
    {
        using var user = await api.NewUserAsync();
        var picture = await ForeignFilm.TestPictureAsync(640, 360);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("From here on"), "prompt" }, { new StringContent("320x180"), "size" }, { new StringContent("1"), "seconds" },
            { new ByteArrayContent(picture), "input_reference", "C:\\Users\\ann\\../../first.png" },
        };
        var sent = await user.SendAsync(HttpMethod.Post, "/api/videos", form);
        sent.Status.ShouldBe(OK, sent.Text);
        var encoded = await user.StartAsync(new { prompt = "From here on", size = "320x180", seconds = 1, input_reference = Convert.ToBase64String(picture) });
        var dataUrl = await user.StartAsync(new { prompt = "From here on", size = "320x180", seconds = 1, first_frame = "data:image/png;base64," + Convert.ToBase64String(picture) });

        string? before = null;
        foreach (var id in new[] { sent.Id, encoded, dataUrl })
        {
            var images = (await user.GetAsync($"/api/videos/{id}/reference-images")).Json.GetProperty("images");
            images.GetArrayLength().ShouldBe(1);
            (images[0].GetProperty("index").GetInt32(), images[0].GetProperty("filename").GetString(), images[0].GetProperty("mimeType").GetString()).ShouldBe((0, "first_frame.png", "image/png"));
            var data = images[0].GetProperty("data").GetString()!;
            data.ShouldBe(before ?? data);
            before = data;
            var row = (await user.GetAsync($"/api/videos/{id}")).Json;
            (row.GetProperty("has_input_reference").GetInt32(), row.GetProperty("reference_image_paths").GetString()).ShouldBe((1, """["first_frame.png"]"""));
        }

        var fitted = await ForeignFilm.PixelsAsync(Convert.FromBase64String(before!), Width, Height);
        ForeignFilm.Likeness(fitted, await ForeignFilm.PixelsAsync(picture, Width, Height)).ShouldBeGreaterThan(ForeignFilm.SamePicture);
        await user.DoneAsync(sent.Id);
        var film = (await user.GetAsync($"/api/videos/{sent.Id}/content")).Bytes;
        ForeignFilm.Likeness(await ForeignFilm.FirstFrameAsync(film, Width, Height), fitted).ShouldBeGreaterThan(ForeignFilm.SamePicture);
    }

    [Fact]
    public async Task SeveralReferences_AreKeptInOrder_AndOneTooManyIsRefused()
    {
        using var user = await api.NewUserAsync();
        var pictures = new[] { await ForeignFilm.TestPictureAsync(64, 64), await ForeignFilm.TestPictureAsync(96, 64), await ForeignFilm.TestPictureAsync(64, 96) };

        var kept = await user.SendAsync(HttpMethod.Post, "/api/videos", Form([.. pictures.Select(p => (p, "reference_images"))], [(pictures[0], "last_frame")]));
        kept.Status.ShouldBe(OK, kept.Text);
        var images = (await user.GetAsync($"/api/videos/{kept.Id}/reference-images")).Json.GetProperty("images").EnumerateArray().ToList();
        images.Select(i => i.GetProperty("filename").GetString()).ShouldBe(["last_frame.png", "reference_1.png", "reference_2.png", "reference_3.png"]);

        var tooMany = await user.SendAsync(HttpMethod.Post, "/api/videos", Form([.. pictures.Append(pictures[0]).Select(p => (p, "reference_images"))]));
        tooMany.ShouldBe(BadRequest, "Send at most 3 files as reference_images.");
        (await user.SendAsync(HttpMethod.Post, "/api/videos", Form([(pictures[0], "first_frame"), (pictures[1], "first_frame")]))).ShouldBe(BadRequest, "Send one file as first_frame, not several.");
        var none = await user.SendAsync(HttpMethod.Post, "/api/videos", Form([("no picture at all"u8.ToArray(), "input_reference")]));
        none.Status.ShouldBe(UnsupportedMediaType);
        none.Code.ShouldBe("invalid_image");
        (await user.GetAsync("/api/videos")).Json.GetProperty("videos").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Continue_GoesOnByExtension_OrFromTheTrueLastFrame()
    {
        using var user = await api.NewUserAsync();
        var source = await MovingAsync(user);
        var film = (await user.GetAsync($"/api/videos/{source}/content")).Bytes;
        var last = await ForeignFilm.LastFrameAsync(film, Width, Height);

        var clip = await ContinuedAsync(user, source, new { prompt = "The pan goes on", mode = "last_frame" }, "continue");
        (await ForeignFilm.ProbeAsync(clip)).Seconds.ShouldBe(2, 0.05, "as long as the video it goes on from");
        ForeignFilm.Likeness(await ForeignFilm.FirstFrameAsync(clip, Width, Height), last).ShouldBeGreaterThan(ForeignFilm.SamePicture);

        foreach (var body in new object[] { new { prompt = "The pan goes on", seconds = 1, mode = "extend" }, new { prompt = "The pan goes on", seconds = 1 } })
        {
            var longer = await ContinuedAsync(user, source, body, "extend");
            (await ForeignFilm.ProbeAsync(longer)).ShouldBe((3, Width, Height, "h264"));
            ForeignFilm.Likeness(await ForeignFilm.FirstFrameAsync(longer, Width, Height), await ForeignFilm.FirstFrameAsync(film, Width, Height)).ShouldBeGreaterThan(ForeignFilm.SamePicture);
        }

        (await user.PostAsync($"/api/videos/{source}/continue", new { prompt = " " })).ShouldBe(BadRequest, "Prompt is required");
        (await user.PostAsync($"/api/videos/{source}/continue", new { prompt = "On", mode = "sideways" })).Status.ShouldBe(BadRequest);
        (await user.PostAsync($"/api/videos/{Guid.NewGuid()}/continue", new { prompt = "On" })).ShouldBe(NotFound, "Video not found");
    }

    private static async Task<byte[]> ContinuedAsync(ApiClient user, string source, object body, string operation)
    {
        var reply = await user.PostAsync($"/api/videos/{source}/continue", body);
        reply.Status.ShouldBe(OK, reply.Text);
        reply.Json.GetProperty("remix_of").GetString().ShouldBe(source);
        reply.Json.GetProperty("kinora").GetProperty("operation").GetString().ShouldBe(operation);
        reply.Json.GetProperty("size").GetString().ShouldBe("320x180");
        return (await user.GetAsync($"/api/videos/{await user.DoneAsync(reply.Id)}/content")).Bytes;
    }

    private static Task<string> MovingAsync(ApiClient user) => user.MadeAsync(new { prompt = "A long pan to the left over dunes", size = "320x180", seconds = "2" });

    private static Task<byte[]> PixelsAsync(JsonElement frame) => ForeignFilm.PixelsAsync(frame.GetProperty("data").GetBytesFromBase64(), Width, Height);

    private static MultipartFormDataContent Form(params (byte[] Bytes, string Name)[][] files)
    {
        var form = new MultipartFormDataContent { { new StringContent("A street"), "prompt" }, { new StringContent("320x180"), "size" }, { new StringContent("1"), "seconds" } };
        foreach (var (bytes, name) in files.SelectMany(f => f))
        {
            form.Add(new ByteArrayContent(bytes), name, "picture.png");
        }

        return form;
    }
}
