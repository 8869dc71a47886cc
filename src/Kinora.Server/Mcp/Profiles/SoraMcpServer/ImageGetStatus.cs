using Kinora.Generation;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Images;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class ImageGetStatus : McpTool
{
    public override ToolSpec Spec { get; } = new("image_get_status", "image", "Get the status of an image job.")
    {
        Params = [ImageParams.ImageId with { Name = "response_id" }],
        Result = ImageRow.Shape,
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var job = await call.Studio.Generation.GetAsync(call.Client.Caller, ImageJob.Id(call.Text("response_id")), MediaKind.Image, cancel);
        return ToolAnswer.AsJsonText(json => ImageRow.Write(json, job));
    }
}
