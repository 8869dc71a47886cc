using System.Globalization;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Kinora.Server.Tests.Pages;

/// <summary>The grid: found, chosen, removed, taken back, moved through by keys; live, in every tab, and after the server was away.</summary>
public sealed class LibraryPageTests(PageScene scene) : IClassFixture<PageScene>
{
    [Fact]
    public async Task Videos_AreFoundByWordsAndState()
    {
        await using var studio = await scene.NewStudioAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "Your library is empty" })).ToBeVisibleAsync();
        await studio.ShouldBeAccessibleAsync();
        await studio.MadeAsync("A red kite");
        await studio.MadeAsync("A blue whale");
        await Expect(studio.Cards).ToHaveCountAsync(2);
        await studio.ShouldBeAccessibleAsync();

        await studio.Page.Keyboard.PressAsync("/");
        await Expect(studio.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await studio.Page.Keyboard.TypeAsync("whale");
        await Expect(studio.Cards).ToHaveCountAsync(1);
        studio.Page.Url.ShouldEndWith("?q=whale");
        await studio.Page.GetByLabel("Status").SelectOptionAsync("failed");
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing fits" })).ToBeVisibleAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the filters" }).ClickAsync();
        await Expect(studio.Cards).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Deleting_CanBeTakenBack_AndElseIsDone()
    {
        await using var studio = await scene.NewStudioAsync();
        var (first, second) = (await studio.MadeAsync("One"), await studio.MadeAsync("Two"));
        await studio.GoAsync("/");
        await studio.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select “One”" }).ClickAsync();
        await studio.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select “Two”" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Region, new() { Name = "2 selected" })).ToBeVisibleAsync();
        await studio.ShouldBeAccessibleAsync();

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(studio.Cards).ToHaveCountAsync(0);
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(studio.Cards).ToHaveCountAsync(2);
        (await studio.StatusOfAsync("/api/videos/" + first)).ShouldBe(200);

        await studio.Page.GetByRole(AriaRole.Link, new() { Name = "Two, Ready" }).FocusAsync();
        var removed = studio.Page.WaitForResponseAsync(r => r.Request.Method == "DELETE");
        await studio.Page.Keyboard.PressAsync("Delete");
        (await removed).Status.ShouldBe(200);
        (await studio.StatusOfAsync("/api/videos/" + second)).ShouldBe(404);
        await Expect(studio.Cards).ToHaveCountAsync(1);
    }

    /// <summary>Others may have come before it since it got the focus, and a tick has the focus of its card.</summary>
    [Fact]
    public async Task Delete_MeansTheCardThatHasTheFocus()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.MadeAsync("Kept");
        await studio.MadeAsync("Gone");
        await studio.GoAsync("/");
        await studio.Page.GetByRole(AriaRole.Link, new() { Name = "Gone, Ready" }).FocusAsync();
        await studio.MadeAsync("New");
        await Expect(studio.Cards).ToHaveCountAsync(3);

        await studio.Page.Keyboard.PressAsync("Delete");
        await Expect(studio.Page.GetByRole(AriaRole.Link, new() { Name = "Gone, Ready" })).ToBeHiddenAsync();
        await Expect(studio.Cards).ToHaveCountAsync(2);

        await studio.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select “Kept”" }).FocusAsync();
        await studio.Page.Keyboard.PressAsync("Delete");
        await Expect(studio.Page.GetByRole(AriaRole.Link, new() { Name = "New, Ready" })).ToBeVisibleAsync();
        await Expect(studio.Cards).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task ArrowKeys_MoveThroughTheGrid()
    {
        await using var studio = await scene.NewStudioAsync();
        foreach (var prompt in (string[])["C", "B", "A"])
        {
            await studio.MadeAsync(prompt);
        }

        await studio.GoAsync("/");
        await studio.Page.GetByRole(AriaRole.Link, new() { Name = "A, Ready" }).FocusAsync();
        await studio.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(studio.Page.GetByRole(AriaRole.Link, new() { Name = "B, Ready" })).ToBeFocusedAsync();
        await studio.Page.Keyboard.PressAsync("x");
        await Expect(studio.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select “B”" })).ToBeCheckedAsync();
        await studio.Page.Keyboard.PressAsync("End");
        await Expect(studio.Page.GetByRole(AriaRole.Link, new() { Name = "C, Ready" })).ToBeFocusedAsync();
        await studio.Page.Keyboard.PressAsync("Escape");
        await Expect(studio.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select “B”" })).Not.ToBeCheckedAsync();
        await studio.Page.Keyboard.PressAsync("Enter");
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "C", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task GoingBack_FindsTheLibraryWhereItWasLeft_AndANewVisitItsTop()
    {
        await using var studio = await scene.NewStudioAsync(new() { ViewportSize = new() { Width = 700, Height = 320 } });
        foreach (var prompt in (string[])["D", "C", "B", "A"])
        {
            await studio.MadeAsync(prompt);
        }

        await studio.GoAsync("/");
        await Expect(studio.Cards).ToHaveCountAsync(4);
        var last = studio.Page.GetByRole(AriaRole.Link, new() { Name = "D, Ready" });
        await last.ScrollIntoViewIfNeededAsync();
        var place = await studio.Page.EvaluateAsync<int>("() => new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => told(Math.round(scrollY)))))");
        place.ShouldBeGreaterThan(50);
        await last.ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "D", Exact = true })).ToBeVisibleAsync();
        await studio.Page.WaitForFunctionAsync("() => scrollY === 0");

        await studio.Page.GoBackAsync();
        await studio.Page.WaitForFunctionAsync($"() => Math.round(scrollY) === {place}");
        await studio.Page.GetByRole(AriaRole.Link, new() { Name = "Models" }).First.ClickAsync();
        await studio.Page.GetByRole(AriaRole.Link, new() { Name = "Library" }).First.ClickAsync();
        await Expect(studio.Cards).ToHaveCountAsync(4);
        await studio.Page.WaitForFunctionAsync("() => scrollY === 0");
    }

    [Fact]
    public async Task AQuestionMark_ShowsTheKeys()
    {
        await using var studio = await scene.NewStudioAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "Library", Exact = true })).ToBeVisibleAsync();

        await studio.Page.Keyboard.PressAsync("?");

        await Expect(studio.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" })).ToBeVisibleAsync();
        await studio.ShouldBeAccessibleAsync();
        await studio.Page.Keyboard.PressAsync("Escape");
        await Expect(studio.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
    }

    [Fact]
    public async Task UnderTheMouse_ACardShowsItsFilm()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.MadeAsync("A walk");
        await studio.GoAsync("/");
        var card = studio.Cards;
        var box = await card.Locator("img").BoundingBoxAsync();

        await studio.Page.Mouse.MoveAsync(box!.X + 4, box.Y + 20);
        var film = card.Locator("[data-scrub]");
        await Expect(film).ToBeVisibleAsync();
        var before = await film.EvaluateAsync<string>("e => e.style.backgroundPosition");
        await studio.Page.Mouse.MoveAsync(box.X + box.Width - 4, box.Y + 20);

        (await film.EvaluateAsync<string>("e => e.style.backgroundPosition")).ShouldNotBe(before);
        await studio.Page.Mouse.MoveAsync(1, 1);
        await Expect(film).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task AHundredThousandVideos_AreScrolledThrough_WithFewCardsInTheDocument()
    {
        await using var studio = await scene.NewStudioAsync();
        var row = (await studio.RowAsync(await studio.MadeAsync("One of many"))).GetRawText();
        var pages = 0;
        await studio.Page.RouteAsync("**/api/videos?**", route =>
        {
            pages++;
            var from = int.TryParse(System.Web.HttpUtility.ParseQueryString(new Uri(route.Request.Url).Query)["cursor"], CultureInfo.InvariantCulture, out var after) ? after : 0;
            var rows = Enumerable.Range(from, 60).Select(i => row.Replace(IdOf(row), FormattableString.Invariant($"00000000-0000-4000-8000-{i:x12}"), StringComparison.Ordinal));
            return route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"videos":[{{string.Join(',', rows)}}],"limit":60,"offset":0,"has_more":true,"next_cursor":"{{from + 60}}"}""" });
        });
        await studio.Page.RouteAsync("**/content?variant=*", route => route.FulfillAsync(new() { ContentType = "image/svg+xml", Body = "<svg xmlns='http://www.w3.org/2000/svg' width='16' height='9'/>" }));
        await studio.GoAsync("/");
        var cards = studio.Cards;
        await Expect(cards.First).ToBeVisibleAsync();

        for (var i = 0; i < 15; i++)
        {
            var height = await studio.Page.EvaluateAsync<int>("document.querySelector('[role=list]').clientHeight");
            await studio.Page.EvaluateAsync("window.scrollTo(0, document.documentElement.scrollHeight)");
            await studio.Page.WaitForFunctionAsync("(before) => document.querySelector('[role=list]').clientHeight > before", height);
        }

        pages.ShouldBeGreaterThan(15);
        (await cards.CountAsync()).ShouldBeLessThan(64);

        // Thrown back up, as fast on a slow machine: what rushes by gets no card; where it comes to rest, everything has one.
        var drawn = await studio.Page.EvaluateAsync<double>(
            """
            () => new Promise((done) => {
              const places = () => [...document.querySelectorAll('[role=listitem]')];
              const before = new Set(places().map((place) => place.ariaPosInSet));
              const [passed, drawn] = [new Set(), new Set()];
              const begin = performance.now();
              let last = begin;
              const step = (now) => {
                for (const place of places()) {
                  if (before.has(place.ariaPosInSet)) continue;
                  passed.add(place.ariaPosInSet);
                  if (place.querySelector('article')) drawn.add(place.ariaPosInSet);
                }
                if (now - begin > 1000) return done(drawn.size / passed.size);
                scrollBy(0, -9 * (now - last));
                last = now;
                requestAnimationFrame(step);
              };
              requestAnimationFrame(step);
            })
            """);
        drawn.ShouldBeLessThan(0.5, "of the places that were passed");
        await studio.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('[role=listitem]')].every((place) => place.querySelector('article'))");
    }

    [Fact]
    public async Task TwoTabs_TellTheSame_AndOnlyTheirUserHears()
    {
        await using var studio = await scene.NewStudioAsync();
        await using var another = await scene.NewStudioAsync();
        var second = await studio.NewTabAsync();
        await second.GotoAsync(scene.Url);
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Your library is empty" })).ToBeVisibleAsync();

        await studio.BegunAsync("Seen in both");

        foreach (var tab in (IPage[])[studio.Page, second])
        {
            await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "Seen in both, Ready" })).ToBeVisibleAsync();
        }

        await Expect(another.Page.GetByRole(AriaRole.Heading, new() { Name = "Your library is empty" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Progress_RepaintsItsOwnCard_AndNothingElse()
    {
        await using var studio = await scene.NewStudioAsync();
        foreach (var prompt in (string[])["One", "Two", "Three"])
        {
            await studio.MadeAsync(prompt);
        }

        var id = await studio.BegunAsync("A very long pan", "60", "1920x1080");
        await studio.GoAsync("/");
        await Expect(studio.Cards).ToHaveCountAsync(4);
        await Expect(studio.Page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await studio.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var touched = await studio.Page.EvaluateAsync<string[]>(
            """
            () => new Promise((done) => {
              const touched = new Set();
              let steps = 0;
              const watch = new MutationObserver((changes) => {
                for (const { target, type, attributeName } of changes) {
                  const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
                  touched.add(element?.closest('[data-video]')?.dataset.video ?? `${element?.nodeName}.${element?.className}`);
                  if (type === 'attributes' && attributeName === 'aria-valuenow') steps++;
                }
                if (steps < 3) return;
                watch.disconnect();
                done([...touched]);
              });
              watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
            })
            """);

        touched.ShouldBe([id]);
        await studio.PostAsync($"/api/videos/{id}/cancel", new { });
    }

    private static string IdOf(string row) => System.Text.Json.JsonDocument.Parse(row).RootElement.GetProperty("id").GetString()!;

    [Fact]
    public async Task WhatHappenedWhileTheServerWasAway_IsThereWhenItIsBack()
    {
        await using var studio = await scene.NewStudioAsync();
        studio.Expected.AddRange(["ERR_CONNECTION_REFUSED", "WebSocket connection", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET"]);
        await studio.BegunAsync("It goes on", "20", "1280x720");
        await Expect(studio.Page.GetByRole(AriaRole.Link, new() { Name = "It goes on" })).ToBeVisibleAsync();

        await scene.RestartAsync(() => Expect(studio.Page.GetByText("No connection to the server.")).ToBeVisibleAsync());

        await Expect(studio.Page.GetByText("No connection to the server.")).ToBeHiddenAsync();
        await studio.BegunAsync("New since then");
        await Expect(studio.Page.GetByRole(AriaRole.Link, new() { Name = "New since then, Ready" })).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await Expect(studio.Page.GetByRole(AriaRole.Link, new() { Name = "It goes on, Ready" })).ToBeVisibleAsync(new() { Timeout = 90_000 });
    }
}
