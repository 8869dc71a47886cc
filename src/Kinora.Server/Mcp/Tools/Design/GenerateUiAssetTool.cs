using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools.Images;

namespace Kinora.Server.Mcp.Tools.Design;

internal sealed class GenerateUiAssetTool : McpTool
{
    public override ToolSpec Spec { get; } = new("generate_ui_asset", "design", "Make an icon, illustration, background or hero picture for a user interface.")
    {
        Params = DesignParams.UiAsset,
        Result = ImageObject.BriefShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) =>
        ImageStart.RunAsync(call, DesignParams.Session(call), DesignParams.Asset(call), cancel);
}
