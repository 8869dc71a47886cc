using Kinora.Bench.Mcp;
using Microsoft.Playwright;

namespace Kinora.Bench.Page;

/// <summary>Scrolling by the wheel at a steady pace, and being thrown about, in the library and on a bare page as high.</summary>
internal static class PageScroll
{
    private const int Rounds = 5;
    private const int Seconds = 10;

    /// <summary>Pixels a second: a screen of cards in less than half of one.</summary>
    private const int Pace = 2_000;

    private const int Fast = 8_000;

    public static async Task RunAsync(PageStage stage)
    {
        List<PageFrames> library = [], bare = [], libraryFast = [], bareFast = [], libraryJumps = [], bareJumps = [];
        for (var round = 0; round < Rounds; round++)
        {
            await using var context = await stage.FreshAsync();
            var page = await LibraryAsync(stage, context);
            library.Add(await PageFrames.OfAsync(page, () => WheelAsync(page, Pace)));
            libraryFast.Add(await PageFrames.OfAsync(page, () => WheelAsync(page, Fast)));
            libraryJumps.Add(await PageFrames.OfAsync(page, () => JumpAsync(page)));
            await page.CloseAsync();

            page = await context.NewPageAsync();
            await page.SetContentAsync("<body style='margin:0'><div style='height:1000000px;background:repeating-linear-gradient(#fff,#ddd 300px)'></div>");
            bare.Add(await PageFrames.OfAsync(page, () => WheelAsync(page, Pace)));
            bareFast.Add(await PageFrames.OfAsync(page, () => WheelAsync(page, Fast)));
            bareJumps.Add(await PageFrames.OfAsync(page, () => JumpAsync(page)));
            await page.CloseAsync();
        }

        McpBench.Print($"page scroll: times between frames, median of {Rounds} rounds of {Seconds} s; late: over 17.5 ms (goal: 60 frames a second)");
        PageFrames.Print($"library, wheel, {Pace:N0} pixels/s", library);
        PageFrames.Print("bare page, the same", bare);
        PageFrames.Print($"library, wheel, {Fast:N0} pixels/s", libraryFast);
        PageFrames.Print("bare page, the same", bareFast);
        PageFrames.Print("library, ten jumps a second", libraryJumps);
        PageFrames.Print("bare page, the same", bareJumps);
    }

    public static async Task<IPage> LibraryAsync(PageStage stage, IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(stage.Address("/"));
        await page.Locator("article[data-video]").First.WaitForAsync();
        await page.WaitForTimeoutAsync(1_000);
        return page;
    }

    /// <summary>The browser itself turns the wheel, so that nothing is asked of it meanwhile.</summary>
    public static async Task WheelAsync(IPage page, int pace)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Input.synthesizeScrollGesture", new Dictionary<string, object>
        {
            ["x"] = 800,
            ["y"] = 500,
            ["yDistance"] = -pace * Seconds,
            ["speed"] = pace,
            ["gestureSourceType"] = "mouse",
            ["preventFling"] = true,
        });
        await devtools.DetachAsync();
    }

    /// <summary>As somebody who drags the bar: to places all over what is there.</summary>
    private static async Task JumpAsync(IPage page) => await page.EvaluateAsync(
        "(jumps) => new Promise((done) => { let n = 0; const timer = setInterval(() => { if (n++ === jumps) { clearInterval(timer); done(); } else scrollTo(0, (n * 0.618034 % 1) * (document.documentElement.scrollHeight - innerHeight - 4000)); }, 100); })",
        Seconds * 10);
}
