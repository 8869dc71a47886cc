using System.Globalization;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Pages;

/// <summary>What page checkers such as Lighthouse ask of every page, by script: how it is sent, what its head says, and that it fits a small screen. No times.</summary>
public sealed class PageQualityTests(PageScene scene) : IClassFixture<PageScene>
{
    /// <summary>How much may move by itself: what Web Vitals call good. A share of the window, times how far.</summary>
    private const double MostShift = 0.1;

    /// <summary>Bytes.</summary>
    private const int NotWorthCompressing = 512;

    private const string WatchShifts = "window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) window.shifts += e.value; })).observe({ type: 'layout-shift', buffered: true });";

    private const string Head =
        """
        () => {
          const faults = [];
          const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 1;
          if (!document.documentElement.lang) faults.push('no lang');
          if (!document.querySelector('meta[name=viewport][content*="width=device-width"]')) faults.push('no viewport');
          if (/user-scalable=no|maximum-scale/.test(document.querySelector('meta[name=viewport]')?.content ?? '')) faults.push('no zoom');
          if ((document.querySelector('meta[name=description]')?.content.length ?? 0) < 20) faults.push('no description');
          const heads = [...document.querySelectorAll('h1')].filter(shown).length;
          if (heads !== 1) faults.push(`${heads} h1`);
          for (const image of [...document.images].filter(shown)) {
            const style = getComputedStyle(image);
            if (!(image.hasAttribute('width') && image.hasAttribute('height')) && style.aspectRatio === 'auto' && style.position !== 'absolute') faults.push(`an image without a size: ${image.outerHTML.slice(0, 120)}`);
          }
          return faults;
        }
        """;

    /// <summary>WCAG 2.2, 2.5.8: 24 by 24 pixels around the middle belong to the control (or its label). Links within a sentence are excepted there.</summary>
    private const string Small =
        """
        () => {
          const faults = [];
          const name = (e) => e.outerHTML.slice(0, 140);
          if (document.documentElement.scrollWidth > innerWidth) faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${innerWidth}`);
          const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (words.nextNode()) {
            const element = words.currentNode.parentElement;
            if (words.currentNode.data.trim() && element.checkVisibility() && parseFloat(getComputedStyle(element).fontSize) < 12) faults.push(`small text: ${name(element)}`);
          }
          for (const control of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
            if (!control.checkVisibility({ visibilityProperty: true }) || control.closest('[inert], [hidden]')) continue;
            const box = (control.getBoundingClientRect().width < 2 ? (control.labels?.[0] ?? control) : control);
            box.scrollIntoView({ block: 'center', inline: 'center' });
            const at = box.getBoundingClientRect();
            // Reached by Tab alone, such as the link past the menu.
            if (at.bottom < 0) continue;
            if (control.matches('a') && getComputedStyle(control).display === 'inline' && control.parentElement.textContent.trim() !== control.textContent.trim()) continue;
            const [x, y] = [at.left + at.width / 2, at.top + at.height / 2];
            const mine = (hit) => hit && (control.contains(hit) || box.contains(hit) || hit.contains(control) || hit.closest('label')?.control === control);
            if (![[11.5, 0], [-11.5, 0], [0, 11.5], [0, -11.5]].every(([dx, dy]) => mine(document.elementFromPoint(x + dx, y + dy)))) faults.push(`a small target, ${Math.round(at.width)}x${Math.round(at.height)}: ${name(control)}`);
          }
          return faults;
        }
        """;

    [Fact]
    public async Task EveryPage_HasAHead_LoadsCleanly_StandsStill_AndFitsASmallScreen()
    {
        var faults = new List<string>();
        var titles = new Dictionary<string, string>();
        await using var studio = await scene.OpenAsync(new() { Locale = "en-US", ViewportSize = new ViewportSize { Width = 360, Height = 800 } });
        await studio.Page.Context.AddInitScriptAsync(WatchShifts);
        await CheckAsync(studio, "/", faults, titles);
        await studio.SignInByApiAsync("admin", PageScene.AdminPassword);
        foreach (var path in await FilledAsync(studio))
        {
            await CheckAsync(studio, path, faults, titles);
        }

        string.Join('\n', faults).ShouldBeEmpty();
    }

    /// <returns>The addresses of all pages, none of them empty.</returns>
    private static async Task<string[]> FilledAsync(Studio studio)
    {
        var video = await studio.MadeAsync("A lighthouse in fog with gulls that circle it while the tide comes in, seen from a boat that does not move at all");
        await studio.PostAsync($"/api/videos/{video}/remix", new { prompt = "The same at night" });
        var session = (await studio.PostAsync("/api/sessions", new { description = "Flat colours, always the same red fox" })).GetProperty("session_id").GetString();
        await studio.PostAsync($"/api/sessions/{session}/images", new { prompt = "A fox at a river" });
        var webhook = (await studio.PostAsync("/api/webhooks", new { url = "http://127.0.0.1:9/hook", description = "to the archive" })).GetProperty("id").GetString();
        await studio.PostAsync("/api/keys", new { name = "render farm" });
        return
        [
            "/", "/create", $"/videos/{video}", "/sessions", $"/sessions/{session}", "/spend", "/models", "/keys", "/webhooks", $"/webhooks/{webhook}", "/users", "/settings",
            "/nothing-like-this",
        ];
    }

    private static async Task CheckAsync(Studio studio, string path, List<string> faults, Dictionary<string, string> titles)
    {
        var page = studio.Page;
        List<IResponse> responses = [];
        void Heard(object? _, IResponse response) => responses.Add(response);
        void Failed(object? _, IRequest request)
        {
            // Of films the browser takes the beginning and lets go of the rest.
            if (request.ResourceType != "media")
            {
                faults.Add($"{path}: {request.Url} failed: {request.Failure}");
            }
        }

        page.Response += Heard;
        page.RequestFailed += Failed;
        await studio.GoAsync(path);
        await page.Locator("main h1").First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        page.Response -= Heard;
        page.RequestFailed -= Failed;

        foreach (var response in responses)
        {
            faults.AddRange((await FaultsOfAsync(response)).Select(fault => $"{path}: {response.Url}: {fault}"));
        }

        var title = await page.TitleAsync();
        if (title.Length <= "Kinora".Length || !titles.TryAdd(title, path))
        {
            faults.Add($"{path}: its title is “{title}”, as that of {titles.GetValueOrDefault(title)}");
        }

        var shift = await page.EvaluateAsync<double>("window.shifts");
        if (shift > MostShift)
        {
            faults.Add($"{path}: moves by itself, {shift:0.000}");
        }

        foreach (var script in (string[])[Head, Small])
        {
            faults.AddRange((await page.EvaluateAsync<string[]>(script)).Select(fault => $"{path}: {fault}"));
        }
    }

    private static async Task<IEnumerable<string>> FaultsOfAsync(IResponse response)
    {
        var headers = await response.AllHeadersAsync();
        var faults = new List<string>();
        var path = new Uri(response.Url).AbsolutePath;
        // Whoever is not signed in is told so.
        if (response.Status >= 400 && path != "/api/auth/me")
        {
            faults.Add($"status {response.Status}");
        }

        var caching = headers.GetValueOrDefault("cache-control", "");
        switch (response.Request.ResourceType)
        {
            case "document":
                Need(caching == "no-cache", "is kept: " + caching);
                Need(headers.GetValueOrDefault("content-security-policy", "").StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", StringComparison.Ordinal), "has no strict policy");
                NeedCompressed();
                break;
            case "script" or "stylesheet":
                NeedCompressed();
                NeedForEver();
                break;
            case "font":
                Need(path.EndsWith(".woff2", StringComparison.Ordinal), "is not compressed");
                NeedForEver();
                break;
        }

        return faults;

        void NeedCompressed() => Need(
            // What is known already comes without a body.
            headers.GetValueOrDefault("content-encoding") is "br" or "gzip" || int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture) < NotWorthCompressing,
            "is not compressed");

        void NeedForEver() => Need(path.StartsWith("/assets/", StringComparison.Ordinal) && caching.Contains("immutable", StringComparison.Ordinal), "is not kept for ever");

        void Need(bool good, string fault)
        {
            if (!good)
            {
                faults.Add(fault);
            }
        }
    }
}
