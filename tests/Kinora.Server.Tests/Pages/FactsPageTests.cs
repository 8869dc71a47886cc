using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Kinora.Server.Tests.Pages;

/// <summary>What is told: models, and what was spent.</summary>
public sealed class FactsPageTests(PageScene scene) : IClassFixture<PageScene>
{
    [Fact]
    public async Task Models_AreFoundByWhatTheyCan()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/models");
        var row = studio.Page.GetByRole(AriaRole.Row, new() { Name = "animatic/storyboard" });
        await Expect(row).ToBeVisibleAsync();
        await studio.ShouldBeAccessibleAsync();

        await studio.Page.GetByRole(AriaRole.Searchbox).FillAsync("no such model");
        await Expect(row).ToHaveCountAsync(0);
        await studio.Page.GetByRole(AriaRole.Searchbox).FillAsync("storyboard");
        await Expect(row).ToBeVisibleAsync();
        await studio.Page.GetByLabel("Makes", new() { Exact = true }).SelectOptionAsync("video");
        await Expect(row).ToBeVisibleAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "extend", Exact = true }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Button, new() { Name = "extend", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Spend_TellsOfWhatWasMade_AndOfBudgets()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/spend");
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing was made in this time" })).ToBeVisibleAsync();
        await studio.ShouldBeAccessibleAsync();

        await studio.MadeAsync("A paper boat");
        await studio.GoAsync("/spend");

        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "By day" })).ToBeVisibleAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Group, new() { Name = "By model" })).ToContainTextAsync("storyboard");
        await studio.Page.GetByRole(AriaRole.Radio, new() { Name = "12 months" }).CheckAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "By month" })).ToBeVisibleAsync();
        await studio.ShouldBeAccessibleAsync();
    }
}
