using Kinora.Server.Tests.Commands;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Kinora.Server.Tests.Pages;

/// <summary>The way in, and out.</summary>
public sealed class SignInPageTests(PageScene scene) : IClassFixture<PageScene>
{
    [Fact]
    public async Task SigningIn_LeadsToWhereOneWasGoing_AndOutAgain()
    {
        var name = await scene.NewUserAsync();
        await using var studio = await scene.OpenAsync();
        await studio.GoAsync("/create");
        await studio.ShouldBeAccessibleAsync();

        await studio.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await studio.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("wrong");
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nvalid");
        await studio.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(PageScene.UserPassword);
        await studio.Page.Keyboard.PressAsync("Enter");

        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "New video" })).ToBeVisibleAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as " + name }).ClickAsync();
        await studio.ShouldBeAccessibleAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        (await studio.StatusOfAsync("/api/auth/me")).ShouldBe(401);
    }

    [Fact]
    public async Task TheOneTimeSecret_LeadsToAPasswordOfOnesOwn()
    {
        using var kinora = new KinoraProgram();
        using var process = kinora.Start(["serve", "--urls", "http://127.0.0.1:0"]);
        var (url, secret) = ("", "");
        while (secret.Length == 0 && await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            url = line.Split(' ').FirstOrDefault(w => w.StartsWith("http://", StringComparison.Ordinal))?.TrimEnd(',') ?? url;
            secret = line.Contains("one-time secret", StringComparison.Ordinal) ? line.Split(": ")[^1] : "";
        }

        await using var studio = await scene.OpenAsync();
        await studio.Page.GotoAsync("about:blank");
        await using var own = await Studio.OpenAsync(await studio.Page.Context.Browser!.NewContextAsync(new() { Locale = "en-US" }), url);
        await own.GoAsync("/");
        await own.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("admin");
        await own.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(secret);
        await own.Page.Keyboard.PressAsync("Enter");

        await Expect(own.Page.GetByRole(AriaRole.Heading, new() { Name = "Choose a password" })).ToBeVisibleAsync();
        await own.ShouldBeAccessibleAsync();
        await own.Page.GetByLabel("New password").FillAsync(PageScene.AdminPassword);
        await own.Page.GetByLabel("The same again").FillAsync("another");
        await own.Page.Keyboard.PressAsync("Enter");
        await Expect(own.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the same");
        await own.Page.GetByLabel("The same again").FillAsync(PageScene.AdminPassword);
        await own.Page.Keyboard.PressAsync("Enter");
        await Expect(own.Page.GetByRole(AriaRole.Heading, new() { Name = "Your library is empty" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ASignInThatEnds_IsAskedForAgain_InThePlaceWhereOneWas()
    {
        var name = await scene.NewUserAsync();
        await using var studio = await scene.OpenAsync();
        await studio.SignInByApiAsync(name, PageScene.UserPassword);
        await studio.GoAsync("/create");
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "New video" })).ToBeVisibleAsync();
        studio.Expected.Add("403 (Forbidden)");

        (await scene.Kinora.RunAsync("users", "disable", name)).ExitCode.ShouldBe(0);

        // The live connection ends within seconds, and nobody had to press anything.
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Expect(studio.Page.GetByText("Your sign-in has ended")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Chinese_IsSpokenToWhoeverReadsIt()
    {
        await using var studio = await scene.NewStudioAsync(new() { Locale = "zh-CN" });

        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "作品库", Exact = true })).ToBeVisibleAsync();
        (await studio.Page.EvaluateAsync<string>("document.documentElement.lang")).ShouldBe("zh");
    }
}
