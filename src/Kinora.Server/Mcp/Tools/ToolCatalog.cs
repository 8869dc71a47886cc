using Kinora.Server.Mcp.Tools.Design;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Mcp.Tools.Sessions;

namespace Kinora.Server.Mcp.Tools;

/// <summary>Every tool of the toolsets, in the order they are listed.</summary>
internal static class ToolCatalog
{
    /// <summary>Names that <c>--toolsets</c> knows besides <c>all</c>.</summary>
    public static readonly IReadOnlyList<string> Toolsets = ["video", "reference", "image", "session", "design", "server"];

    public const string Default = "video,reference,image";

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
        new GenerateImageTool(),
        new EditImageTool(),
        new CreateImageTool(),
        new GetImageStatusTool(),
        new DownloadImageTool(),
        new CreateImageSessionTool(),
        new GenerateImageInSessionTool(),
        new GetSessionStatusTool(),
        new ListActiveSessionsTool(),
        new CloseSessionTool(),
        new PromoteImageToSessionTool(),
        new GenerateProductImageTool(),
        new GenerateUiAssetTool(),
        new AnalyzeAndImproveImageTool(),
        new ListModelsTool(),
        new GetUsageGuideTool(),
        new GetServerStatsTool(),
    ];
}
