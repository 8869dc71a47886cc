using Kinora.Bench.Mcp;

namespace Kinora.Bench.Rest;

/// <summary><c>bench/run rest</c>: the REST API beside bare endpoints of the same run.</summary>
internal static class RestBench
{
    public static async Task<int> RunAsync(string? part)
    {
        var parts = new (string Name, Func<RestScene, Task> Run)[] { ("status", RestStatus.RunAsync), ("list", RestList.RunAsync), ("login", RestLogin.RunAsync) };
        var asked = parts.Where(p => part is null || p.Name == part).ToList();
        foreach (var (_, run) in asked)
        {
            using var scene = new RestScene();
            await run(scene);
            Console.WriteLine();
        }

        if (asked.Count > 0)
        {
            return 0;
        }

        McpBench.Print($"usage: bench/run rest [{string.Join('|', parts.Select(p => p.Name))}]");
        return 2;
    }
}
