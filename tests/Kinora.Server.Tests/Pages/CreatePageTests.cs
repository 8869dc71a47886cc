using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Kinora.Server.Tests.Pages;

/// <summary>Making something with the form.</summary>
public sealed class CreatePageTests(PageScene scene) : IClassFixture<PageScene>
{
    /// <summary>A square of one colour, 16 by 16.</summary>
    private static readonly byte[] _square = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mP436FEEmIY1TCqYfhqAADONakQyQmpEAAAAABJRU5ErkJggg==");

    [Fact]
    public async Task APrompt_BecomesACardThatIsMadeWhileOneLooks_AndThenAFilm()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.Page.Keyboard.PressAsync("n");
        await Expect(studio.Page.GetByLabel("What should it show?")).ToBeFocusedAsync();
        await Expect(studio.Page.GetByText("Free", new() { Exact = true })).ToBeVisibleAsync();
        await studio.ShouldBeAccessibleAsync();

        await studio.Page.GetByLabel("What should it show?").FillAsync("A kite over dunes");
        await studio.Page.GetByRole(AriaRole.Radio, new() { Name = "640×360" }).CheckAsync();
        await studio.Page.GetByRole(AriaRole.Slider).FillAsync("2");
        await studio.Page.GetByText("More settings").ClickAsync();
        await studio.Page.GetByLabel("Seed", new() { Exact = true }).FillAsync("7");
        await studio.Page.Keyboard.PressAsync("Control+Enter");

        var card = studio.Cards;
        await Expect(card).ToHaveCountAsync(1);
        await Expect(card.GetByRole(AriaRole.Link, new() { Name = "A kite over dunes, Ready" })).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Link, new() { Name = "A kite over dunes" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "A kite over dunes" })).ToBeVisibleAsync();
        var recipe = studio.Page.GetByRole(AriaRole.Complementary, new() { Name = "Recipe" });
        await Expect(recipe).ToContainTextAsync("640 × 360");
        await Expect(recipe).ToContainTextAsync("Seed7");
        await Expect(recipe).ToContainTextAsync("2 s");
    }

    [Fact]
    public async Task NothingSaid_IsNotSent()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/create");

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Make the video" }).ClickAsync();

        await Expect(studio.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Say what it should show.");
        await Expect(studio.Page.GetByLabel("What should it show?")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task APicture_IsShownAsItWillFillTheFrame_AndGoesAlong()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/create");
        await studio.Page.GetByLabel("What should it show?").FillAsync("It comes alive");
        await studio.Page.GetByRole(AriaRole.Radio, new() { Name = "640×360" }).CheckAsync();

        await studio.Page.Locator("input[data-slot='First frame']").SetInputFilesAsync(new FilePayload { Name = "square.png", MimeType = "image/png", Buffer = _square });
        await Expect(studio.Page.GetByText("The picture is 16×16, the video 640×360.")).ToBeVisibleAsync();
        await studio.Page.GetByRole(AriaRole.Radio, new() { Name = "Pad" }).CheckAsync();
        (await studio.Page.GetByAltText("square.png").EvaluateAsync<string>("e => getComputedStyle(e).objectFit")).ShouldBe("contain");
        await studio.ShouldBeAccessibleAsync();
        await studio.Page.Locator("input[data-slot='Last frame']").SetInputFilesAsync(new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = _square });
        await Expect(studio.Page.GetByText("“notes.txt” is no picture that can be used.")).ToBeVisibleAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Make the video" }).ClickAsync();

        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Watch" }).ClickAsync();
        await Expect(studio.Page.GetByAltText("first_frame.png")).ToBeVisibleAsync();
        (await studio.Page.GetByAltText("first_frame.png").EvaluateAsync<int>("e => e.naturalWidth")).ShouldBe(640, "it was padded to the frame before it was sent");
    }

    [Fact]
    public async Task APicture_CanBePasted()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/create");
        await Expect(studio.Page.GetByLabel("What should it show?")).ToBeVisibleAsync();

        await studio.Page.EvaluateAsync(
            """
            (base64) => {
              const data = new DataTransfer();
              data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'pasted.png', { type: 'image/png' }));
              document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }));
            }
            """,
            Convert.ToBase64String(_square));

        await Expect(studio.Page.GetByAltText("pasted.png")).ToBeVisibleAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Remove: pasted.png" }).ClickAsync();
        await Expect(studio.Page.GetByAltText("pasted.png")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task TheModel_IsChosenInADialog_ByKeyboardToo()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/create");
        await studio.Page.GetByLabel("What should it show?").FillAsync("A kite");
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Model:" }).ClickAsync();
        await studio.ShouldBeAccessibleAsync();

        await studio.Page.GetByLabel("Search models").FillAsync("nothing like this");
        await Expect(studio.Page.GetByText("No model fits.")).ToBeVisibleAsync();
        await studio.Page.GetByLabel("Search models").FillAsync("storyboard");
        await Expect(studio.Page.GetByRole(AriaRole.Radio, new() { Name = "animatic/storyboard" })).ToBeCheckedAsync();

        // Neither of them sends the wish under the dialog.
        await studio.Page.Keyboard.PressAsync("Enter");
        await studio.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(studio.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await studio.Page.Keyboard.PressAsync("Escape");
        await Expect(studio.Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Button, new() { Name = "Model:" })).ToBeFocusedAsync();
        studio.Page.Url.ShouldEndWith("/create");
    }
}
