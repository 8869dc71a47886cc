using System.Net.Http.Headers;
using Kinora.Server.Tests.Webhooks;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Kinora.Server.Tests.Pages;

/// <summary>Keys, users, webhooks and one's own settings.</summary>
public sealed class AccountPageTests(PageScene scene) : IClassFixture<PageScene>
{
    [Fact]
    public async Task AKey_IsShownOnce_Works_AndIsRevoked()
    {
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/keys");
        await studio.ShouldBeAccessibleAsync();
        await ButtonAsync(studio, "New key");
        await ButtonAsync(studio, "Make the key");
        await Expect(studio.Page.GetByText("Give it a name.")).ToBeVisibleAsync();
        await studio.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("render farm");
        await studio.Page.GetByLabel("Creates a minute").FillAsync("30");
        await studio.ShouldBeAccessibleAsync();
        await ButtonAsync(studio, "Make the key");

        var secret = await studio.Page.Locator("[data-secret]").InnerTextAsync();
        (await StatusAsync(secret)).ShouldBe(200);
        await ButtonAsync(studio, "Done");
        await Expect(studio.Page.GetByText("30 creates a minute")).ToBeVisibleAsync();
        (await studio.Page.ContentAsync()).ShouldNotContain(secret);

        await ButtonAsync(studio, "Revoke: render farm");
        await studio.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(studio.Page.GetByText("1 revoked key")).ToBeVisibleAsync();
        while (await StatusAsync(secret) != 401)
        {
            // Within five seconds.
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task AnAdmin_MakesAUser_WithABudget_AndDisablesHim()
    {
        await using var studio = await scene.OpenAsync();
        await studio.SignInByApiAsync("admin", PageScene.AdminPassword);
        await studio.GoAsync("/users");
        await ButtonAsync(studio, "New user");
        await studio.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("greta");
        await studio.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(PageScene.UserPassword);
        await studio.Page.GetByLabel("A day at most (USD)").FillAsync("2.50");
        await studio.ShouldBeAccessibleAsync();
        await ButtonAsync(studio, "Make the account");

        var row = studio.Page.Locator("[data-user=greta]");
        await Expect(row).ToContainTextAsync("$2.50 a day");
        await studio.ShouldBeAccessibleAsync();
        await using var hers = await scene.OpenAsync();
        await hers.SignInByApiAsync("greta", PageScene.UserPassword);
        hers.Expected.Add("403 (Forbidden)");
        (await hers.StatusOfAsync("/api/admin/users")).ShouldBe(403);

        await row.GetByRole(AriaRole.Button, new() { Name = "Disable: greta" }).ClickAsync();
        await studio.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Disabled");
        while (await hers.StatusOfAsync("/api/auth/me") == 200)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task AWebhook_IsTested_AndWhatBecameOfItIsShown()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var studio = await scene.NewStudioAsync();
        await studio.GoAsync("/webhooks");
        await studio.ShouldBeAccessibleAsync();
        await ButtonAsync(studio, "New webhook");
        await studio.Page.GetByLabel("Address").FillAsync("not an address");
        await ButtonAsync(studio, "Make the webhook");
        await Expect(studio.Page.GetByText("An address that begins with")).ToBeVisibleAsync();
        await studio.Page.GetByLabel("Address").FillAsync(receiver.Url);
        await studio.Page.GetByLabel("Description").FillAsync("to the archive");
        await ButtonAsync(studio, "Make the webhook");
        (await studio.Page.Locator("[data-secret]").InnerTextAsync()).ShouldStartWith("whsec_");
        await ButtonAsync(studio, "Done");

        await ButtonAsync(studio, "Send a test");
        await Expect(studio.Page.Locator("[data-delivery]").First).ToBeVisibleAsync();
        await SoonAsync(async () =>
        {
            await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
            await studio.Page.Locator("[data-delivery=delivered]").First.WaitForAsync(new() { Timeout = 1_000 });
        });
        await studio.ShouldBeAccessibleAsync();
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await studio.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "No webhooks" })).ToBeVisibleAsync();

        static async Task SoonAsync(Func<Task> soon)
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    await soon();
                    return;
                }
                catch (TimeoutException) when (attempt < 30)
                {
                    // The next try may find it.
                }
            }
        }
    }

    [Fact]
    public async Task Settings_ChangeLanguageThemeAndPassword()
    {
        var name = await scene.NewUserAsync();
        await using var studio = await scene.OpenAsync();
        await studio.SignInByApiAsync(name, PageScene.UserPassword);
        await studio.GoAsync("/settings");
        var main = studio.Page.GetByRole(AriaRole.Main);
        await main.GetByLabel("Theme").SelectOptionAsync("dark");
        await studio.ShouldBeAccessibleAsync();
        await main.GetByLabel("Language").SelectOptionAsync("zh");
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "设置", Exact = true })).ToBeVisibleAsync();
        await main.Locator("select").Last.SelectOptionAsync("en");

        studio.Expected.Add("400 (Bad Request)");
        studio.Expected.Add("403 (Forbidden)");
        await main.GetByLabel("Current password").FillAsync("not mine at all");
        await main.GetByLabel("New password", new() { Exact = true }).FillAsync("two quiet harbours 9");
        await main.GetByLabel("The same again").FillAsync("two quiet harbours 9");
        await ButtonAsync(studio, "Change the password");
        await Expect(main.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await main.GetByLabel("Current password").FillAsync(PageScene.UserPassword);
        await ButtonAsync(studio, "Change the password");
        await Expect(studio.Page.GetByText("Your password is changed.")).ToBeVisibleAsync();

        // The former sign-in has ended, and with it its live connection: there is another.
        await studio.Page.GetByRole(AriaRole.Link, new() { Name = "Library" }).First.ClickAsync();
        await Expect(studio.Page.GetByRole(AriaRole.Heading, new() { Name = "Your library is empty" })).ToBeVisibleAsync();
        await studio.Page.WaitForTimeoutAsync(7_000);
        await studio.BegunAsync("A new key");
        await Expect(studio.Cards).ToHaveCountAsync(1);

        await using var anew = await scene.OpenAsync();
        await anew.SignInByApiAsync(name, "two quiet harbours 9");
    }

    private static Task ButtonAsync(Studio studio, string name) => studio.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private async Task<int> StatusAsync(string key)
    {
        using var http = new HttpClient { BaseAddress = new Uri(scene.Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var reply = await http.GetAsync("/api/videos", TestContext.Current.CancellationToken);
        return (int)reply.StatusCode;
    }
}
