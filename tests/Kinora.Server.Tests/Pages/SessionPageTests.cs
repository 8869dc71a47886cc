using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Kinora.Server.Tests.Pages;

/// <summary>A conversation about pictures: turns, branches, two of them compared, one of them made into a video.</summary>
public sealed class SessionPageTests(PageScene scene) : IClassFixture<PageScene>
{
    [Fact]
    public async Task AConversation_GoesOn_Branches_IsCompared_AndBecomesAVideo()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/sessions");
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "No sessions yet" })).ToBeVisibleAsync();
        await studio.ShouldBeAccessibleAsync();

        await BeginAsync(studio, "Flat colours, always the same red fox");
        await SayAsync(studio, "A fox at a river", 1);
        await SayAsync(studio, "Now at night", 2);
        await studio.ShouldBeAccessibleAsync();

        var turns = studio.Page.Locator("[data-turn]");
        await turns.First.GetByRole(AriaRole.Button, new() { Name = "Go on from here" }).ClickAsync();
        await Expect(studio.Page.GetByText("This begins a branch")).ToBeVisibleAsync();
        await SayAsync(studio, "Now in the snow", 2);
        await Expect(turns.Last).ToContainTextAsync("Branch 2 of 2");
        await turns.Last.GetByRole(AriaRole.Button, new() { Name = "The branch before" }).ClickAsync();
        await Expect(turns.Last).ToContainTextAsync("Now at night");

        await turns.Last.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await studio.Page.GetByLabel("Where the two pictures meet").FillAsync("20");
        await studio.ShouldBeAccessibleAsync();
        await studio.Page.Keyboard.PressAsync("Escape");
        await Expect(studio.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await turns.Last.GetByRole(AriaRole.Button, new() { Name = "Make a video" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "New video" })).ToBeVisibleAsync();
        await Expect(studio.Page.Locator("main img").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AClosedSession_CanBeLookedAt_AndATurnCanBeDeleted()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/sessions");
        await BeginAsync(studio, "Pencil drawings");
        await SayAsync(studio, "A chair", 1);
        await SayAsync(studio, "A table beside it", 2);
        var turns = studio.Page.Locator("[data-turn]");

        await turns.Last.GetByRole(AriaRole.Button, new() { Name = "More for this picture" }).ClickAsync();
        await studio.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await studio.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(turns).ToHaveCountAsync(1);

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Close the session" }).ClickAsync();
        await studio.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close the session" }).ClickAsync();
        await Expect(studio.Page.GetByText("Closed", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(studio.Page.GetByLabel("What comes next")).ToHaveCountAsync(0);
        await Expect(turns).ToContainTextAsync("A chair");

        await studio.GoAsync("/sessions");
        await Expect(studio.Page.GetByRole(AriaRole.List, new() { Name = "Ended" }).GetByRole(AriaRole.Link)).ToContainTextAsync("Pencil drawings");
    }

    [Fact]
    public async Task ASessionOfSomebodyElse_IsNotThere()
    {
        await using var mine = await scene.NewStudioAsync();
        await mine.GoAsync("/sessions");
        await BeginAsync(mine, "Nobody else's");
        await using var other = await scene.NewStudioAsync();
        other.Expected.Add("404 (Not Found)");

        await other.GoAsync(new Uri(mine.Page.Url).AbsolutePath);

        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "This session is not there" })).ToBeVisibleAsync();
        (await other.Page.ContentAsync()).ShouldNotContain("Nobody else's");
    }

    private static async Task BeginAsync(Studio studio, string description)
    {
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "New session" }).ClickAsync();
        await studio.Page.GetByLabel("What holds for every picture?").FillAsync(description);
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await Expect(studio.Page.GetByText("Nothing was asked for yet")).ToBeVisibleAsync();
    }

    /// <param name="turns">How many are shown once its picture is there.</param>
    private static async Task SayAsync(Studio studio, string prompt, int turns)
    {
        await studio.Page.GetByLabel("What comes next").FillAsync(prompt);
        await studio.Page.Keyboard.PressAsync("Enter");
        await Expect(studio.Page.Locator("[data-turn]")).ToHaveCountAsync(turns);
        var last = studio.Page.Locator("[data-turn]").Last;
        await Expect(last).ToContainTextAsync(prompt);
        await Expect(last.GetByRole(AriaRole.Img)).ToBeVisibleAsync();
    }
}
