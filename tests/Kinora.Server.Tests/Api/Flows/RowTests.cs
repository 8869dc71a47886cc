using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;
using Kind = System.Text.Json.JsonValueKind;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>Field by field what the original's clients read, and word by word what they are refused with.</summary>
[Collection(nameof(ServedApi))]
public sealed class RowTests(ServedApi api)
{
    /// <summary>The columns of the original's table and what each may hold while a video is made, when it is done, and when it has failed.</summary>
    private static readonly Dictionary<string, (Kind Open, Kind Done, Kind Failed)> _columns = new()
    {
        ["id"] = (Kind.String, Kind.String, Kind.String),
        ["user_id"] = (Kind.String, Kind.String, Kind.String),
        ["provider"] = (Kind.String, Kind.String, Kind.String),
        ["provider_video_id"] = (Kind.Null, Kind.String, Kind.String),
        ["openai_video_id"] = (Kind.String, Kind.String, Kind.String),
        ["prompt"] = (Kind.String, Kind.String, Kind.String),
        ["model"] = (Kind.String, Kind.String, Kind.String),
        ["size"] = (Kind.String, Kind.String, Kind.String),
        ["seconds"] = (Kind.String, Kind.String, Kind.String),
        ["status"] = (Kind.String, Kind.String, Kind.String),
        ["progress"] = (Kind.Number, Kind.Number, Kind.Number),
        ["created_at"] = (Kind.Number, Kind.Number, Kind.Number),
        ["completed_at"] = (Kind.Null, Kind.Number, Kind.Null),
        ["file_path"] = (Kind.Null, Kind.String, Kind.Null),
        ["thumbnail_path"] = (Kind.Null, Kind.String, Kind.Null),
        ["error_message"] = (Kind.Null, Kind.Null, Kind.String),
        ["has_input_reference"] = (Kind.Number, Kind.Number, Kind.Number),
        ["has_audio"] = (Kind.Number, Kind.Number, Kind.Null),
        ["reference_image_paths"] = (Kind.Null, Kind.Null, Kind.Null),
        ["provider_metadata"] = (Kind.Null, Kind.Null, Kind.Null),
        ["remix_of"] = (Kind.Null, Kind.Null, Kind.Null),
        ["cost"] = (Kind.Number, Kind.Number, Kind.Number),
    };

    [Fact]
    public async Task ARow_HasTheOriginalsColumns_AndKinora_AndNothingElse()
    {
        using var user = await api.NewUserAsync();
        var earliest = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var open = (await user.PostAsync("/api/videos", new { prompt = "A fox", model = "sora-2", size = "320x180", seconds = "1", generateAudio = false })).Json;
        var done = await user.EndAsync(open.GetProperty("id").GetString()!);
        var slow = await user.StartAsync(new { prompt = "A slow pan", size = "1280x720", seconds = "60" });
        await RunningAsync(user, slow);
        await user.PostAsync($"/api/videos/{slow}/cancel");
        var failed = await user.EndAsync(slow);

        foreach (var row in new[] { open, done, failed })
        {
            row.EnumerateObject().Select(p => p.Name).ShouldBe([.. _columns.Keys, "kinora"], ignoreOrder: true);
        }

        foreach (var (name, kinds) in _columns)
        {
            (open.GetProperty(name).ValueKind, done.GetProperty(name).ValueKind, failed.GetProperty(name).ValueKind).ShouldBe(kinds, name);
        }

        Guid.TryParseExact(open.GetProperty("id").GetString(), "D", out var id).ShouldBeTrue();
        (open.GetProperty("status").GetString(), open.GetProperty("progress").GetInt32()).ShouldBe(("queued", 0));
        (done.GetProperty("status").GetString(), done.GetProperty("progress").GetInt32()).ShouldBe(("completed", 100));
        (done.GetProperty("user_id").GetString(), done.GetProperty("openai_video_id").GetString()).ShouldBe((user.UserId, $"video_{id:n}"));
        (done.GetProperty("model").GetString(), done.GetProperty("size").GetString(), done.GetProperty("seconds").GetString(), done.GetProperty("has_audio").GetInt32()).ShouldBe(("sora-2", "320x180", "1", 0));
        done.GetProperty("created_at").GetInt64().ShouldBeInRange(earliest, done.GetProperty("completed_at").GetInt64());
        done.GetProperty("completed_at").GetInt64().ShouldBeLessThanOrEqualTo(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        done.GetRawText().ShouldNotContain(api.Kinora.Data);
        foreach (var path in new[] { "file_path", "thumbnail_path" })
        {
            (await user.GetAsync(done.GetProperty(path).GetString()!)).Status.ShouldBe(OK);
        }

        // Either form of the id names it.
        (await user.GetAsync($"/api/videos/video_{id:n}")).Text.ShouldBe(done.GetRawText());
    }

    [Fact]
    public async Task DefaultsAndFields_AreTheOriginals()
    {
        using var user = await api.NewUserAsync();
        var plain = (await user.PostFormAsync("/api/videos", ("prompt", "A fox"))).Json;
        (plain.GetProperty("size").GetString(), plain.GetProperty("seconds").GetString()).ShouldBe(("1280x720", "8"));
        var full = await user.PostFormAsync(
            "/api/videos", ("prompt", "A fox"), ("model", "sora-2"), ("seconds", "2"), ("negativePrompt", ""), ("resolution", "1080p"), ("generateAudio", "true"),
            ("personGeneration", "allow_adult"), ("veoImageMode", "none"));
        full.Status.ShouldBe(OK, full.Text);
        (full.Json.GetProperty("size").GetString(), full.Json.GetProperty("seconds").GetString(), full.Json.GetProperty("has_audio").GetInt32()).ShouldBe(("1920x1080", "2", 1));
        full.Json.GetProperty("kinora").GetProperty("warnings").EnumerateArray().Select(w => w.GetString())
            .ShouldContain("personGeneration is without effect here; what may be shown is up to the model's provider.");
        var both = await user.PostFormAsync("/api/videos", ("prompt", "A fox"), ("seconds", "1"), ("size", "320x180"), ("resolution", "1080p"));
        both.Json.GetProperty("size").GetString().ShouldBe("320x180");
        both.Json.GetProperty("kinora").GetProperty("warnings")[0].GetString().ShouldBe("resolution is without effect beside size.");
        foreach (var id in new[] { plain.GetProperty("id").GetString(), full.Id })
        {
            await user.DeleteAsync($"/api/videos/{id}?cancel_first=true");
        }
    }

    [Fact]
    public async Task Refusals_AreTheOriginals()
    {
        using var user = await api.NewUserAsync();
        using var stranger = api.Stranger();
        using var forger = new ApiClient(api.Url, "eyJhbGciOiJub25lIn0.e30.");

        (await stranger.PostAsync("/api/auth/login", new { username = "admin" })).ShouldBe(BadRequest, "Username and password required");
        (await stranger.PostAsync("/api/auth/login", new { username = "admin", password = "wrong" })).ShouldBe(Unauthorized, "Invalid credentials");
        (await stranger.PostAsync("/api/auth/login", new { username = "nobody", password = "wrong" })).ShouldBe(Unauthorized, "Invalid credentials");
        (await stranger.GetAsync("/api/videos")).ShouldBe(Unauthorized, "No token provided");
        (await forger.GetAsync("/api/videos")).ShouldBe(Unauthorized, "Invalid token");
        (await stranger.GetAsync("/api/videos?token=" + user.Token)).ShouldBe(Unauthorized, "No token provided");
        (await stranger.GetAsync("/health")).Json.GetProperty("status").GetString().ShouldBe("ok");

        (await user.PostAsync("/api/videos", new { model = "sora-2" })).ShouldBe(BadRequest, "Prompt is required");
        (await user.PostFormAsync("/api/videos", ("prompt", " "))).ShouldBe(BadRequest, "Prompt is required");
        (await user.GetAsync("/api/videos/nonsense")).ShouldBe(NotFound, "Video not found");
        (await user.DeleteAsync($"/api/videos/{Guid.NewGuid()}")).ShouldBe(NotFound, "Video not found or not authorized");
        (await user.GetAsync("/api/admin/users")).Status.ShouldBe(Forbidden);
        (await api.Admin.PostAsync("/api/admin/users", new { username = "zoe" })).ShouldBe(BadRequest, "Username and password required");
        (await api.Admin.PostAsync("/api/admin/users", new { username = user.Name, password = ServedApi.UserPassword })).ShouldBe(Conflict, "User already exists");
        (await api.Admin.PostAsync("/api/admin/users", new { username = "zoe", password = "short" })).Status.ShouldBe(BadRequest);
        (await user.PostAsync("/api/admin/change-password", new { currentPassword = "wrong", newPassword = "another quiet lake 4" })).ShouldBe(Unauthorized, "Current password is incorrect");
        (await user.PostAsync("/api/nothing")).Status.ShouldBe(NotFound);
    }

    [Fact]
    public async Task FieldsOfTheBody_AreNotTakenFromTheAddress()
    {
        using var user = await api.NewUserAsync();
        using var stranger = api.Stranger();
        (await stranger.PostAsync($"/api/auth/login?username={user.Name}&password={Uri.EscapeDataString(ServedApi.UserPassword)}"))
            .ShouldBe(BadRequest, "username belongs in the body, not in the address.");
        (await user.PostAsync("/api/videos?prompt=A+fox")).ShouldBe(BadRequest, "prompt belongs in the body, not in the address.");
        (await user.PostAsync("/api/videos?model=sora-2", new { prompt = "A fox", model = "animatic/storyboard" })).ShouldBe(BadRequest, "model belongs in the body, not in the address.");
        (await user.GetAsync("/api/videos")).Json.GetProperty("videos").GetArrayLength().ShouldBe(0);
    }

    private static async Task RunningAsync(ApiClient user, string id)
    {
        using var limit = new CancellationTokenSource(Commands.KinoraProgram.Patience);
        while ((await user.GetAsync($"/api/videos/{id}")).Json.GetProperty("status").GetString() != "in_progress")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }
}
