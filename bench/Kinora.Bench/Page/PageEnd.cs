using System.Diagnostics;
using System.Text.Json;
using Kinora.Bench.Mcp;

namespace Kinora.Bench.Page;

/// <summary>From the newest video to the last of all: whether the list ends, what each further page costs, what the browser holds then.</summary>
internal static class PageEnd
{
    /// <summary>Jumps to the end again and again; tells how long each page took from the jump until its rows are painted.</summary>
    private const string ToTheEnd =
        """
        async (most) => {
          const list = () => document.querySelector('[role=list]');
          const times = [];
          const frame = () => new Promise(requestAnimationFrame);
          const began = performance.now();
          while (performance.now() - began < most) {
            const before = list().clientHeight;
            const start = performance.now();
            scrollTo(0, document.documentElement.scrollHeight);
            while (list().clientHeight === before && performance.now() - start < 5000) await frame();
            if (list().clientHeight === before) break;
            await frame();
            times.push(performance.now() - start);
          }
          const cards = [...document.querySelectorAll('[role=listitem]')];
          return { times, last: Math.max(...cards.map((c) => Number(c.getAttribute('aria-posinset')))), elements: document.getElementsByTagName('*').length };
        }
        """;

    public static async Task RunAsync(PageStage stage)
    {
        await using var context = await stage.FreshAsync();
        var page = await PageScroll.LibraryAsync(stage, context);
        page.SetDefaultTimeout(0);
        var empty = await PageStage.HeapMiBAsync(page);
        var began = Stopwatch.GetTimestamp();
        var seen = await page.EvaluateAsync<JsonElement>(ToTheEnd, 600_000);
        var times = seen.GetProperty("times").EnumerateArray().Select(t => t.GetDouble()).ToList();
        McpBench.Print($"page end: jumps to the end of the list until it grows no more; {times.Count} pages in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s, last video {seen.GetProperty("last").GetInt32():N0}");
        const int Parts = 5;
        for (var part = 0; part < Parts; part++)
        {
            var some = times.Skip(times.Count * part / Parts).Take(times.Count / Parts).Order().ToList();
            McpBench.Print($"pages {times.Count * part / Parts,5} to {times.Count * (part + 1) / Parts,5}: p50 {some[some.Count / 2]:0}  p95 {some[some.Count * 95 / 100]:0}  worst {some[^1]:0} ms from jump to rows");
        }

        McpBench.Print($"elements in the document {seen.GetProperty("elements").GetInt32()}; script's heap {empty:0.0} MiB at the first page, {await PageStage.HeapMiBAsync(page):0.0} at the end");
        var back = Stopwatch.GetTimestamp();
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight * 0.4)");
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('[role=listitem]')].some(c => c.querySelector('article') && c.getBoundingClientRect().top > 0 && c.getBoundingClientRect().top < 500)");
        McpBench.Print($"back to number {PageFill.Rows * 4 / 10:N0}: {Stopwatch.GetElapsedTime(back).TotalMilliseconds:0} ms until it is shown");
        PageFrames.Print("frames there, wheel", [await PageFrames.OfAsync(page, () => PageScroll.WheelAsync(page, 2_000))]);
    }
}
