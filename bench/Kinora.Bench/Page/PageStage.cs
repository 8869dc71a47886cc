using Kinora.Bench.Rest;
using Kinora.Server.Tests.Pages;
using Microsoft.Playwright;

namespace Kinora.Bench.Page;

/// <summary>The published program with a full library, and a browser before it.</summary>
internal sealed class PageStage : IAsyncDisposable
{
    private readonly RestScene _scene;
    private readonly IPlaywright _playwright;
    private readonly string _signedIn;

    private PageStage(RestScene scene, Uri url, IPlaywright playwright, IBrowser browser, string signedIn) =>
        (_scene, Url, _playwright, Browser, _signedIn) = (scene, url, playwright, browser, signedIn);

    public Uri Url { get; }

    public IBrowser Browser { get; }

    public static async Task<PageStage> OpenAsync()
    {
        var scene = new RestScene();
        await PageFill.RunAsync(scene);
        var url = (await scene.KinoraAsync()).Url;
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        await using var context = await browser.NewContextAsync();
        var origin = url.GetLeftPart(UriPartial.Authority);
        var answer = await context.APIRequest.PostAsync(new Uri(url, "/api/auth/login").ToString(), new()
        {
            DataObject = new { username = "admin", password = RestScene.Password, cookie = true },
            Headers = new Dictionary<string, string> { ["Origin"] = origin },
        });
        return answer.Ok
            ? new PageStage(scene, url, playwright, browser, await context.StorageStateAsync())
            : throw new InvalidOperationException(await answer.TextAsync());
    }

    /// <summary>A signed-in browser that has nothing in its caches.</summary>
    public async Task<IBrowserContext> FreshAsync(string? script = null)
    {
        var context = await Browser.NewContextAsync(new() { StorageState = _signedIn, Locale = "en-US", ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(60_000);
        if (script is not null)
        {
            await context.AddInitScriptAsync(script);
        }

        return context;
    }

    public string Address(string path) => new Uri(Url, path).ToString();

    /// <summary>What the script of a page holds after a collection, in MiB.</summary>
    public static async Task<double> HeapMiBAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("HeapProfiler.enable");
        await devtools.SendAsync("HeapProfiler.collectGarbage");
        var usage = await devtools.SendAsync("Runtime.getHeapUsage");
        await devtools.DetachAsync();
        return usage!.Value.GetProperty("usedSize").GetDouble() / 1048576;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        _scene.Dispose();
    }
}
