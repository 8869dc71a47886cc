using Kinora.Generation;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class SoraCreateVideo : McpTool
{
    public override ToolSpec Spec { get; } = new("sora_create_video", "video", "Create a new video job. Returns at once; poll sora_get_status every 5 to 10 seconds. With a reference image describe motion only.")
    {
        Params =
        [
            VideoParams.Prompt,
            new TextParam("model") { Choices = ["sora-2", "sora-2-pro"], Default = "sora-2" },
            new TextParam("seconds") { Choices = ["4", "8", "12"] },
            new TextParam("size") { Choices = SoraServerProfile.Sizes },
            new TextParam("input_reference_filename") { About = "A file of sora_list_references, of the video's size" },
        ],
        Result = VideoObject.SeedShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) =>
        SeedVideo.StartAsync(call, VideoParams.Draft(call.Arguments) with
        {
            FirstFrame = call.Arguments.TextOrNull("input_reference_filename") is { } name ? new ImageSource.FolderFile("input_reference_filename", name) : null,
        });
}
