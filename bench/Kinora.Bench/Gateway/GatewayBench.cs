using Kinora.Bench.Mcp;

namespace Kinora.Bench.Gateway;

/// <summary><c>bench/run gateway</c>: the OpenAI-compatible API beside bare endpoints of the same run.</summary>
internal static class GatewayBench
{
    public static async Task<int> RunAsync(string? part)
    {
        switch (part)
        {
            case null:
                await GatewayRate.RunAsync();
                await GatewayContent.RunAsync();
                return 0;
            case "rate":
                await GatewayRate.RunAsync();
                return 0;
            case "content":
                await GatewayContent.RunAsync();
                return 0;
            default:
                McpBench.Print($"usage: bench/run gateway [rate|content]");
                return 2;
        }
    }
}
