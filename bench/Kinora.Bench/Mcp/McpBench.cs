using System.Globalization;

namespace Kinora.Bench.Mcp;

/// <summary><c>bench/run mcp</c>: the MCP server beside baselines of the same run.</summary>
internal static class McpBench
{
    public static async Task<int> RunAsync(string? part)
    {
        var parts = new (string Name, Func<McpScene, Task> Run)[]
        {
            ("start", McpStart.RunAsync),
            ("calls", McpCalls.RunAsync),
            ("download", McpDownload.RunAsync),
            ("rate", McpRate.RunAsync),
        };
        var asked = parts.Where(p => part is null || p.Name == part).ToList();
        foreach (var (_, run) in asked)
        {
            using var scene = new McpScene();
            await run(scene);
            Console.WriteLine();
        }

        if (asked.Count > 0)
        {
            return 0;
        }

        Console.WriteLine($"usage: bench/run mcp [{string.Join('|', parts.Select(p => p.Name))}]");
        return 2;
    }

    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    public static double Median(this IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
