using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

/// <summary>
/// aigentive/openai-image-mcp 0.2: thirteen tools whose answers all say <c>success</c> (its guide and source, read 2026-11). Mended here: prompts are sent once,
/// descriptions reach the model, own images can be promoted, sessions outlive the process, every word is checked, and a batch without a picture is no success.
/// </summary>
internal static class OpenAiImageProfile
{
    public static ToolProfile Profile { get; } = new("openai-image-mcp", "openai-image-mcp", Create) { Instructions = Instructions.ImageProfile };

    private static List<McpTool> Create()
    {
        var open = new OpenCalls();
        var tools = new List<McpTool>();
        tools.AddRange(
        [
            new CreateImageSession(),
            new GenerateImageInSession(open),
            new GetSessionStatus(),
            new ListActiveSessions(),
            new CloseSession(),
            new GenerateImage(open),
            new EditImage(open),
            new GenerateProductImage(open),
            new GenerateUiAsset(open),
            new AnalyzeAndImproveImage(open),
            new PromoteImageToSession(),
            new GetUsageGuide(() => tools.Count),
            new GetServerStats(),
        ]);
        return tools;
    }
}
