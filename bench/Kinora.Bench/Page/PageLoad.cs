using System.Text.Json;
using Kinora.Bench.Mcp;
using Microsoft.Playwright;

namespace Kinora.Bench.Page;

/// <summary>From the start of the navigation until the library answers: with empty caches, and once more in the same browser.</summary>
internal static class PageLoad
{
    private const int Rounds = 5;

    /// <summary>
    /// Observers from the first moment on. As soon as a card is in the document it is clicked once it has been painted; what counts as interactive is the frame after
    /// the one in which the click shows.
    /// </summary>
    private const string Watch =
        """
        (() => {
          const seen = (window.seen = { fcp: 0, lcp: 0, blocked: 0, shift: 0, card: 0, interactive: 0 });
          const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
          watch('paint', (e) => { if (e.name === 'first-contentful-paint') seen.fcp = e.startTime; });
          watch('largest-contentful-paint', (e) => { seen.lcp = e.startTime; });
          watch('longtask', (e) => { seen.blocked += Math.max(0, e.duration - 50); });
          watch('layout-shift', (e) => { if (!e.hadRecentInput) seen.shift += e.value; });
          const look = () => {
            const card = document.querySelector('article[data-video]');
            if (!card) return false;
            changes.disconnect();
            requestAnimationFrame(() => {
              seen.card = performance.now();
              const tick = card.querySelector('[role=checkbox]');
              tick.click();
              const wait = () => tick.getAttribute('aria-checked') === 'true' ? requestAnimationFrame(() => { seen.interactive = performance.now(); }) : requestAnimationFrame(wait);
              wait();
            });
            return true;
          };
          const changes = new MutationObserver(look);
          changes.observe(document, { childList: true, subtree: true });
        })()
        """;

    private const string Bare = "() => new Promise((done) => setTimeout(() => { const n = performance.getEntriesByType('navigation')[0]; const p = performance.getEntriesByName('first-contentful-paint')[0]; done({ load: n.loadEventEnd, fcp: p ? p.startTime : 0 }); }, 300))";

    public static async Task RunAsync(PageStage stage)
    {
        List<JsonElement> cold = [], warm = [];
        List<double> bare = [];
        for (var round = -1; round < Rounds; round++)
        {
            await using var context = await stage.FreshAsync(Watch);
            var first = await OnceAsync(stage, context);
            var second = await OnceAsync(stage, context);
            await using var other = await stage.FreshAsync();
            var page = await other.NewPageAsync();
            await page.GotoAsync(stage.Address("/health"));
            var health = await page.EvaluateAsync<JsonElement>(Bare);
            // The first round warms the server.
            if (round >= 0)
            {
                cold.Add(first);
                warm.Add(second);
                bare.Add(Math.Max(health.GetProperty("load").GetDouble(), health.GetProperty("fcp").GetDouble()));
            }
        }

        McpBench.Print($"page load: the library from the start of the navigation, ms, median of {Rounds} (fastest to slowest)");
        Print("empty caches", cold);
        Print("once more in that browser", warm);
        McpBench.Print($"/health in the same browser: {bare.Median():0} ({bare.Min():0} to {bare.Max():0}); goal: interactive under 1,000");
    }

    private static async Task<JsonElement> OnceAsync(PageStage stage, IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(stage.Address("/"));
        await page.WaitForFunctionAsync("() => window.seen.interactive > 0");
        // What is painted and shifted late counts too.
        await page.WaitForTimeoutAsync(1_500);
        var seen = await page.EvaluateAsync<JsonElement>("window.seen");
        await page.CloseAsync();
        return seen;
    }

    private static void Print(string what, List<JsonElement> rounds)
    {
        string Figure(string name, string format)
        {
            var values = rounds.ConvertAll(r => r.GetProperty(name).GetDouble());
            return FormattableString.Invariant($"{values.Median().ToString(format, System.Globalization.CultureInfo.InvariantCulture)}");
        }

        var interactive = rounds.ConvertAll(r => r.GetProperty("interactive").GetDouble());
        McpBench.Print($"{what,-26} interactive {interactive.Median():0} ({interactive.Min():0} to {interactive.Max():0})  first card {Figure("card", "0")}  first paint {Figure("fcp", "0")}  largest paint {Figure("lcp", "0")}  blocked {Figure("blocked", "0")}  shift {Figure("shift", "0.000")}");
    }
}
