using Kinora.Bench.Mcp;

namespace Kinora.Bench.Page;

/// <summary><c>bench/run page</c>: the library of 100,000 videos in a real browser, beside bare pages of the same run.</summary>
internal static class PageBench
{
    public static async Task<int> RunAsync(string? part)
    {
        var parts = new (string Name, Func<PageStage, Task> Run)[] { ("load", PageLoad.RunAsync), ("scroll", PageScroll.RunAsync), ("end", PageEnd.RunAsync) };
        var asked = parts.Where(p => part is null || p.Name == part).ToList();
        if (asked.Count == 0)
        {
            McpBench.Print($"usage: bench/run page [{string.Join('|', parts.Select(p => p.Name))}]");
            return 2;
        }

        await using var stage = await PageStage.OpenAsync();
        McpBench.Print($"a library of {PageFill.Rows:N0} videos of one user; headless Chromium {stage.Browser.Version}, window 1440x900, drawn by the processor; {Environment.ProcessorCount} cores shared with the server");
        foreach (var (_, run) in asked)
        {
            Console.WriteLine();
            await run(stage);
        }

        return 0;
    }
}
