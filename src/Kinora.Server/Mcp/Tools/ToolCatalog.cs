namespace Kinora.Server.Mcp.Tools;

/// <summary>Every tool of the toolsets, in the order they are listed.</summary>
internal static class ToolCatalog
{
    /// <summary>Names that <c>--toolsets</c> knows besides <c>all</c>.</summary>
    public static readonly IReadOnlyList<string> Toolsets = ["video", "reference", "server"];

    public const string Default = "video,reference";

    public static IReadOnlyList<McpTool> Create() =>
    [
        new CreateVideoTool(),
        new GetVideoStatusTool(),
        new WaitForVideoTool(),
        new DownloadVideoTool(),
        new ListVideosTool(),
        new DeleteVideoTool(),
        new RemixVideoTool(),
        new ExtendVideoTool(),
        new GetVideoFramesTool(),
        new ListReferencesTool(),
        new PrepareReferenceTool(),
        new ListModelsTool(),
        new GetUsageGuideTool(),
        new GetServerStatsTool(),
    ];
}
