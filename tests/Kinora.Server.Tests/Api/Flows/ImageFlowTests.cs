using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>Pictures, and conversations about them, by nothing but HTTP.</summary>
[Collection(nameof(ServedApi))]
public sealed class ImageFlowTests(ServedApi api)
{
    [Fact]
    public async Task Pictures_AreMade_Changed_Fetched_AndRemoved()
    {
        using var user = await api.NewUserAsync();
        using var another = await api.NewUserAsync();
        var made = await user.PostAsync("/api/images", new { prompt = "A red kite over dunes", size = "256x256", count = 2, format = "png" });
        made.Status.ShouldBe(OK, made.Text);
        var row = await user.EndAsync(made.Id, "images");
        row.GetProperty("status").GetString().ShouldBe("completed");
        var pictures = row.GetProperty("images").EnumerateArray().ToList();
        pictures.Count.ShouldBe(2);
        foreach (var picture in pictures)
        {
            var content = await user.GetAsync(picture.GetProperty("url").GetString()!);
            content.Status.ShouldBe(OK, content.Text);
            content.Header("Content-Type").ShouldBe("image/png");
            (picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32(), picture.GetProperty("bytes").GetInt32()).ShouldBe((256, 256, content.Bytes.Length));
            (await ForeignFilm.PixelsAsync(content.Bytes, 256, 256)).Length.ShouldBe(256 * 256 * 3);
            (await another.GetAsync(picture.GetProperty("url").GetString()!)).ShouldBe(NotFound, "Image not found");
        }

        (await user.GetAsync($"/api/images/{made.Id}/content?index=2")).ShouldBe(NotFound, "File not found");
        var changed = await user.PostAsync("/api/images", new { prompt = "The same by night", from_image_id = pictures[1].GetProperty("id").GetString() });
        changed.Status.ShouldBe(OK, changed.Text);
        changed.Json.GetProperty("from_image_id").GetString().ShouldBe(pictures[1].GetProperty("id").GetString());
        await user.DoneAsync(changed.Id, "images");

        using var form = new MultipartFormDataContent { { new StringContent("In grey"), "prompt" }, { new ByteArrayContent(await ForeignFilm.TestPictureAsync(128, 128)), "image", "x.png" } };
        var uploaded = await user.SendAsync(HttpMethod.Post, "/api/images", form);
        uploaded.Status.ShouldBe(OK, uploaded.Text);
        await user.DoneAsync(uploaded.Id, "images");
        (await user.GetAsync($"/api/videos/{made.Id}")).ShouldBe(NotFound, "Video not found");
        (await user.DeleteAsync($"/api/images/{made.Id}")).Text.ShouldBe("""{"success":true}""");
        (await user.GetAsync($"/api/images/{made.Id}/content")).ShouldBe(NotFound, "Image not found");
        (await user.PostAsync("/api/images", new { prompt = "" })).ShouldBe(BadRequest, "Prompt is required");
    }

    [Fact]
    public async Task ASession_GoesOn_Branches_AndCloses()
    {
        using var user = await api.NewUserAsync();
        using var another = await api.NewUserAsync();
        var session = (await user.PostAsync("/api/sessions", new { description = "Posters about kites", session_name = "Kites" })).Json.GetProperty("session_id").GetString()!;
        var images = $"/api/sessions/{session}/images";
        var ids = new List<string>();
        foreach (var prompt in new[] { "A red kite", "Now by night" })
        {
            var turn = await user.PostAsync(images, new { prompt, size = "256x256" });
            turn.Status.ShouldBe(OK, turn.Text);
            turn.Json.GetProperty("session_id").GetString().ShouldBe(session);
            await user.DoneAsync(turn.Id, "images");
            ids.Add(turn.Json.GetProperty("image_id").GetString()!);
        }

        var branch = await user.PostAsync(images, new { prompt = "Instead in the rain", from_image_id = ids[0] });
        branch.Status.ShouldBe(OK, branch.Text);
        await user.DoneAsync(branch.Id, "images");
        ids.Add(branch.Json.GetProperty("image_id").GetString()!);

        var seen = (await user.GetAsync($"/api/sessions/{session}")).Json.GetProperty("images").EnumerateArray().ToList();
        seen.Select(i => i.GetProperty("image_id").GetString()).ShouldBe(ids);
        seen.Select(i => i.GetProperty("from_image_id").GetString()).ShouldBe([null, ids[0], ids[0]]);
        (await user.GetAsync("/api/sessions")).Json.GetProperty("sessions")[0].GetProperty("total_generations").GetInt32().ShouldBe(3);
        (await another.GetAsync($"/api/sessions/{session}")).Status.ShouldBe(NotFound);
        (await another.PostAsync(images, new { prompt = "Mine" })).Status.ShouldBe(NotFound);
        (await another.GetAsync("/api/sessions")).Json.GetProperty("sessions").GetArrayLength().ShouldBe(0);

        (await user.PostAsync($"/api/sessions/{session}/close")).Json.GetProperty("status").GetString().ShouldBe("closed");
        (await user.PostAsync(images, new { prompt = "One more" })).Status.ShouldBe(Conflict);
        (await user.GetAsync($"/api/sessions/{session}")).Json.GetProperty("images").GetArrayLength().ShouldBe(3);
        (await user.GetAsync("/api/sessions")).Json.GetProperty("sessions").GetArrayLength().ShouldBe(0);

        var ended = (await user.GetAsync("/api/sessions?state=ended")).Json;
        ended.GetProperty("sessions").EnumerateArray().ShouldHaveSingleItem().GetProperty("status").GetString().ShouldBe("closed");
        (await user.GetAsync(ended.GetProperty("sessions")[0].GetProperty("newest_image_url").GetString()!)).Status.ShouldBe(OK);
        ended.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        (await user.GetAsync($"/api/sessions?state=ended&cursor={session}")).Json.GetProperty("sessions").GetArrayLength().ShouldBe(0);
        (await another.GetAsync("/api/sessions?state=ended")).Json.GetProperty("sessions").GetArrayLength().ShouldBe(0);
        (await another.GetAsync($"/api/sessions?state=ended&cursor={session}")).Status.ShouldBe(NotFound);
    }
}
