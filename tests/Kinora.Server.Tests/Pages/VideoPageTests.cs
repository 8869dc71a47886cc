using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Kinora.Server.Tests.Pages;

/// <summary>One video: watched, told of, and gone on from.</summary>
public sealed class VideoPageTests(PageScene scene) : IClassFixture<PageScene>
{
    [Fact]
    public async Task AFilm_Plays_AndIsWoundToAnyPlace()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/videos/" + await studio.MadeAsync("A clock"));
        var film = studio.Page.Locator("video");
        await studio.ShouldBeAccessibleAsync();

        await film.EvaluateAsync("v => new Promise((done, fail) => { v.onseeked = () => done(); v.onerror = () => fail(v.error.message); v.preload = 'auto'; v.currentTime = 0.5; })");

        (await film.EvaluateAsync<double>("v => v.currentTime")).ShouldBe(0.5, 0.05);
        (await film.EvaluateAsync<int>("v => v.videoWidth")).ShouldBe(320);
        await Expect(studio.Page.GetByText("SHA-256")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ARemix_StandsInTheFamily()
    {
        await using var studio = await scene.NewStudioAsync();
        var source = await studio.MadeAsync("A red kite");
        await studio.GoAsync("/videos/" + source);

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Remix" }).ClickAsync();
        await studio.ShouldBeAccessibleAsync();
        await studio.Page.GetByLabel("What changes?").FillAsync("A blue kite");
        await studio.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remix" }).ClickAsync();

        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "A blue kite" })).ToBeVisibleAsync();
        await Expect(studio.Page.Locator("video")).ToBeVisibleAsync();
        var family = studio.Page.Locator("section", new() { HasText = "Family" });
        await Expect(family.GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        await studio.ShouldBeAccessibleAsync();
        await family.GetByRole(AriaRole.Link, new() { Name = "A red kite" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "A red kite" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AnExtension_IsTheWholeLongerVideo()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/videos/" + await studio.MadeAsync("A walk"));

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Extend" }).ClickAsync();
        await studio.Page.GetByLabel("How does it go on?").FillAsync("It runs");
        await studio.Page.GetByLabel("Seconds to append").FillAsync("1");
        await studio.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Extend" }).ClickAsync();

        await Expect(studio.Page.GetByRole(AriaRole.Complementary)).ToContainTextAsync("2 s");
    }

    [Fact]
    public async Task AFrame_BecomesTheFirstOfTheNextVideo_AndSettingsAreReused()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/videos/" + await studio.MadeAsync("A lighthouse"));

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Use this frame" }).ClickAsync();
        await Expect(studio.Page.GetByAltText("frame.png")).ToBeVisibleAsync();
        (await studio.Page.GetByAltText("frame.png").EvaluateAsync<int>("e => e.naturalWidth")).ShouldBe(320);
        await studio.Page.GoBackAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Reuse the settings" }).ClickAsync();

        await Expect(studio.Page.GetByLabel("What should it show?")).ToHaveValueAsync("A lighthouse");
        await Expect(studio.Page.GetByPlaceholder("1280x720")).ToHaveValueAsync("320x180");
    }

    /// <summary>The built-in renderer has no options: the page is told of some, and what it sends is looked at.</summary>
    [Fact]
    public async Task Options_AreReused_Shown_AndCanBeTakenAway()
    {
        await using var studio = await scene.NewStudioAsync();
        var id = await studio.MadeAsync("A lighthouse");
        var sent = new TaskCompletionSource<JsonNode>();
        // Live news would bring the row as it really is: without options, for the built-in renderer has none.
        await studio.Page.RouteWebSocketAsync("**/socket.io/**", _ => { });
        await ChangeAsync(studio, "**/api/models", answer =>
        {
            foreach (var model in answer["data"]!.AsArray())
            {
                model!["options"] = JsonNode.Parse("""[{"name":"watermark","type":"flag"},{"name":"style_link","type":"link"}]""");
            }
        });
        await ChangeRowAsync(studio, id, row => row["kinora"]!["options"] = JsonNode.Parse("""{"watermark":"false","style_link":"https://example.org/a"}"""));
        await studio.Page.RouteAsync("**/api/videos", async route =>
        {
            sent.TrySetResult(JsonNode.Parse(route.Request.PostData!)!);
            await route.FulfillAsync(new() { ContentType = "application/json", Body = (await studio.RowAsync(id)).GetRawText() });
        });
        await studio.GoAsync("/videos/" + id);
        await Expect(studio.Page.GetByRole(AriaRole.Complementary)).ToContainTextAsync("https://example.org/a");

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Reuse the settings" }).ClickAsync();
        await Expect(studio.Page.GetByLabel("watermark", new() { Exact = true })).ToHaveValueAsync("false");
        await Expect(studio.Page.GetByLabel("style_link", new() { Exact = true })).ToHaveValueAsync("https://example.org/a");
        await studio.ShouldBeAccessibleAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Remove style_link" }).ClickAsync();
        await Expect(studio.Page.GetByLabel("style_link", new() { Exact = true })).ToHaveValueAsync("");
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Make the video" }).ClickAsync();

        (await sent.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))["options"]!.ToJsonString().ShouldBe("""{"watermark":"false"}""");
    }

    /// <summary>No key is needed here, so the page is told of one that is refused.</summary>
    [Fact]
    public async Task WhatHoldsAVideoUp_IsSaid()
    {
        const string reason = "auth_required: fal does not accept the key. Nothing was charged; it goes on by itself once the right key is set.";
        await using var studio = await scene.NewStudioAsync(new() { ViewportSize = new() { Width = 360, Height = 740 } });
        var id = await studio.MadeAsync("A lighthouse");
        await studio.Page.RouteWebSocketAsync("**/socket.io/**", _ => { });
        await ChangeRowAsync(studio, id, row =>
        {
            (row["status"], row["progress"]) = ("queued", 0);
            (row["kinora"]!["stage"], row["kinora"]!["stalled"], row["kinora"]!["reason"]) = ("queued", true, reason);
        });

        await studio.GoAsync("/videos/" + id);

        await Expect(studio.Page.GetByText("Held up")).ToBeVisibleAsync();
        await Expect(studio.Page.GetByText(reason)).ToBeVisibleAsync();
        (await studio.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
        await studio.ShouldBeAccessibleAsync();
    }

    /// <summary>The row as the page asks for it, alone and among its family.</summary>
    private static async Task ChangeRowAsync(Studio studio, string id, Action<JsonNode> change)
    {
        await ChangeAsync(studio, "**/api/videos/" + id, change);
        await ChangeAsync(studio, $"**/api/videos/{id}/family", family => change(family["videos"]!.AsArray().ShouldHaveSingleItem()!));
    }

    private static async Task ChangeAsync(Studio studio, string path, Action<JsonNode> change) => await studio.Page.RouteAsync(path, async route =>
    {
        var reply = await route.FetchAsync();
        var answer = JsonNode.Parse(await reply.TextAsync())!;
        change(answer);
        await route.FulfillAsync(new() { Response = reply, Body = answer.ToJsonString() });
    });

    [Fact]
    public async Task AFile_IsDownloaded_AndALinkOpensItForWhoeverHasIt()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await studio.GoAsync("/videos/" + await studio.MadeAsync("A gift"));

        var download = await studio.Page.RunAndWaitForDownloadAsync(() => studio.Page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        download.SuggestedFilename.ShouldMatch("^video_[0-9a-f]{32}\\.mp4$");
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Copy a link" }).ClickAsync();
        await Expect(studio.Page.GetByText("Copied. It opens this video")).ToBeVisibleAsync();
        var link = await studio.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        await using var stranger = await scene.OpenAsync();
        (await stranger.StatusOfAsync(link[scene.Url.Length..])).ShouldBe(200);
    }

    [Fact]
    public async Task WhatIsBeingMade_CanBeStopped_AndDeleted()
    {
        await using var studio = await scene.NewStudioAsync();
        var id = await studio.BegunAsync("A very long pan", "60", "1920x1080");
        await studio.GoAsync("/videos/" + id);

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Stop it" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await studio.ShouldBeAccessibleAsync();
        var removed = studio.Page.WaitForResponseAsync(r => r.Request.Method == "DELETE");
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "Library", Exact = true })).ToBeVisibleAsync();
        (await removed).Status.ShouldBe(200);
    }

    [Fact]
    public async Task AnothersVideo_IsNotThere()
    {
        await using var studio = await scene.NewStudioAsync();
        await using var another = await scene.NewStudioAsync();
        var id = await studio.MadeAsync("Private");
        another.Expected.Add("404 (Not Found)");

        await another.GoAsync("/videos/" + id);

        await Expect(another.Page.GetByRole(AriaRole.Heading, new() { Name = "This video is not there" })).ToBeVisibleAsync();
        await Expect(another.Page.GetByText("Video not found")).ToBeVisibleAsync();
        await another.ShouldBeAccessibleAsync();
    }
}
