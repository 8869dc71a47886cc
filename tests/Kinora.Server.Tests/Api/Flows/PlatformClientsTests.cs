using System.Globalization;
using System.Text.Json;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>Programs that were written for the original platform, with nothing changed but the address and the password.</summary>
[Collection(nameof(ServedApi))]
public sealed class PlatformClientsTests(ServedApi api)
{
    /// <summary>The lines of the original's guide, in its order.</summary>
    [Fact]
    public async Task Curl_LineByLine_GetsWhatTheGuideSays()
    {
        var login = await CurlAsync("-X", "POST", "/api/auth/login", "-H", "Content-Type: application/json", "-d", JsonSerializer.Serialize(new { username = "admin", password = ServedApi.AdminPassword }));
        login.GetProperty("user").GetProperty("username").GetString().ShouldBe("admin");
        login.GetProperty("user").GetProperty("id").GetString().ShouldNotBeNullOrEmpty();
        string[] signed = ["-H", "Authorization: Bearer " + login.GetProperty("token").GetString()];

        var created = await CurlAsync(
            ["-X", "POST", "/api/videos", .. signed, "-F", "prompt=A cat riding a motorcycle through a neon city", "-F", "model=sora-2", "-F", "size=1280x720", "-F", "seconds=8"]);
        created.GetProperty("status").GetString().ShouldBe("queued");
        created.GetProperty("progress").GetInt32().ShouldBe(0);
        (created.GetProperty("model").GetString(), created.GetProperty("size").GetString(), created.GetProperty("seconds").GetString()).ShouldBe(("sora-2", "1280x720", "8"));
        var id = created.GetProperty("id").GetString()!;

        (await CurlAsync([$"/api/videos/{id}", .. signed])).GetProperty("id").GetString().ShouldBe(id);
        var list = await CurlAsync(["/api/videos?limit=20&offset=0", .. signed]);
        (list.GetProperty("limit").GetInt32(), list.GetProperty("offset").GetInt32()).ShouldBe((20, 0));
        list.GetProperty("videos")[0].GetProperty("id").GetString().ShouldBe(id);
        await api.Admin.DoneAsync(id);

        using var video = new ScratchFile([]);
        using var thumbnail = new ScratchFile([]);
        await SilentAsync(["-L", api.Url + $"/api/videos/{id}/content", .. signed, "--output", video.Path]);
        await SilentAsync(["-L", api.Url + $"/api/videos/{id}/content?variant=thumbnail", .. signed, "--output", thumbnail.Path]);
        var film = await ForeignFilm.ProbeAsync(await File.ReadAllBytesAsync(video.Path));
        (film.Width, film.Height, film.Codec).ShouldBe((1280, 720, "h264"));
        film.Seconds.ShouldBe(8, 0.05);
        (await File.ReadAllBytesAsync(thumbnail.Path)).AsSpan(8, 4).SequenceEqual("WEBP"u8).ShouldBeTrue();

        var remix = await CurlAsync(["-X", "POST", $"/api/videos/{id}/remix", .. signed, "-H", "Content-Type: application/json", "-d", """{"prompt": "Change the motorcycle to red"}"""]);
        remix.GetProperty("remix_of").GetString().ShouldBe(id);
        remix.GetProperty("model").GetString().ShouldBe("sora-2");
        await api.Admin.DoneAsync(remix.GetProperty("id").GetString()!);

        (await CurlAsync(["-X", "DELETE", $"/api/videos/{id}", .. signed])).GetRawText().ShouldBe("""{"success":true}""");
        (await CurlAsync([$"/api/videos/{id}", .. signed])).GetProperty("error").GetString().ShouldBe("Video not found");
    }

    [Fact]
    public async Task ThePythonClient_CreatesByAPlainForm_Polls_AndDownloadsAsAStream()
    {
        using var user = await api.NewUserAsync();
        using var output = new ScratchFile([]);
        var has = await ForeignProgram.RunAsync("python3", ["-c", "import requests"]);
        (string, string)[] standin = has.ExitCode == 0 ? [] : [("PYTHONPATH", Path.Combine(NodeClients.Folder, "standins"))];

        var run = await ForeignProgram.RunAsync(
            "python3", [Path.Combine(NodeClients.Folder, "platform.py"), api.Url, user.Name, ServedApi.UserPassword, output.Path, "0.2"], [("PYTHONDONTWRITEBYTECODE", "1"), .. standin]);

        run.ExitCode.ShouldBe(0, run.Everything);
        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[^1].ShouldBe("downloaded");
        lines[^2].ShouldBe("looked completed 100");
        var progress = lines[1..^1].Select(l => int.Parse(l.Split(' ')[2], CultureInfo.InvariantCulture)).ToList();
        progress.ShouldBe(progress.Order());
        var film = await ForeignFilm.ProbeAsync(await File.ReadAllBytesAsync(output.Path));
        film.Seconds.ShouldBe(8, 0.05);
        (await user.GetAsync("/api/videos/" + lines[0].Split(' ')[1])).Json.GetProperty("model").GetString().ShouldBe("sora-2-pro");
    }

    [Fact]
    public async Task TheSocketClient_SeesAJobThroughAKillOfTheServer_AndAnotherUserNothing()
    {
        await using var own = new ServedApi();
        await own.InitializeAsync();
        using var ann = await own.NewUserAsync();
        using var bob = await own.NewUserAsync();
        await using var control = await ControlAsync(own);

        var run = await NodeClients.RunAsync("platform.mjs", [own.Url, control.Urls.First(), ann.Name, bob.Name, ServedApi.UserPassword], TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(0, run.Everything);
        var said = JsonDocument.Parse(run.Out).RootElement;
        var content = await ann.GetAsync($"/api/videos/{said.GetProperty("id").GetString()}/content");
        content.Sha256.ShouldBe(said.GetProperty("sha256").GetString());
        (await ForeignFilm.ProbeAsync(content.Bytes)).Seconds.ShouldBe(40, 0.05);
        (await bob.GetAsync("/api/videos")).Json.GetProperty("videos").GetArrayLength().ShouldBe(0);
    }

    private static async Task<WebApplication> ControlAsync(ServedApi served)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/killed", async () =>
        {
            var url = served.Url;
            await served.Served.KillAsync();
            await served.Served.StartAsync("--urls", url);
        });
        await app.StartAsync();
        return app;
    }

    /// <param name="line">As in the guide; a path stands for its address.</param>
    private async Task<JsonElement> CurlAsync(params string[] line) => JsonDocument.Parse(await SilentAsync([.. line.Select(a => a.StartsWith("/api/", StringComparison.Ordinal) ? api.Url + a : a)])).RootElement;

    private static async Task<string> SilentAsync(string[] line)
    {
        var run = await ForeignProgram.RunAsync("curl", ["-sS", .. line]);
        run.ExitCode.ShouldBe(0, run.Everything);
        return run.Out;
    }
}
