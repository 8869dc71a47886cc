using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Pages;

/// <summary>A browser before a real <c>kinora serve</c> that makes its videos with animatic. One browser for all tests of a class; each test has contexts of its own.</summary>
public sealed class PageScene : IAsyncLifetime
{
    public const string AdminPassword = "neon harbour at dawn 7";
    public const string UserPassword = "a quiet lake at dusk 3";

    private readonly KinoraProgram _kinora = new();
    private readonly ServedProduct _served;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private int _users;

    public PageScene()
    {
        _kinora.Environment["KINORA_ADMIN_PASSWORD"] = AdminPassword;
        _kinora.Environment["KINORA__Webhooks__TrustedHosts"] = "127.0.0.1";
        _served = new ServedProduct(_kinora);
    }

    internal KinoraProgram Kinora => _kinora;

    public string Url => _served.Url[..^"/mcp".Length];

    public async ValueTask InitializeAsync()
    {
        await _served.InitializeAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>The server ends as by kill -9, and another begins at the same address.</summary>
    public async Task RestartAsync(Func<Task>? between = null)
    {
        var url = Url;
        await _served.DisposeAsync();
        if (between is not null)
        {
            await between();
        }

        await _served.StartAsync("--urls", url);
    }

    /// <summary>Somebody new; his name, which his password goes with.</summary>
    public async Task<string> NewUserAsync()
    {
        var name = $"user-{Interlocked.Increment(ref _users)}";
        var run = await _kinora.RunAsync(["users", "add", name], UserPassword + "\n");
        run.ExitCode.ShouldBe(0, run.Error);
        return name;
    }

    /// <summary>A browser window in which nobody is signed in.</summary>
    public async Task<Studio> OpenAsync(BrowserNewContextOptions? options = null) =>
        await Studio.OpenAsync(await _browser!.NewContextAsync(options ?? new BrowserNewContextOptions { Locale = "en-US", ViewportSize = new ViewportSize { Width = 1440, Height = 900 } }), Url);

    /// <summary>A window of somebody new, who is signed in.</summary>
    public async Task<Studio> NewStudioAsync(BrowserNewContextOptions? options = null)
    {
        var studio = await OpenAsync(options);
        await studio.SignInByApiAsync(await NewUserAsync(), UserPassword);
        await studio.GoAsync("/");
        await studio.Page.Locator("main h1").WaitForAsync();
        return studio;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await _served.DisposeAsync();
        _kinora.Dispose();
    }
}
