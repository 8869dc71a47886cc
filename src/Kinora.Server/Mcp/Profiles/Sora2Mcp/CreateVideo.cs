using Kinora.Generation;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.Sora2Mcp;

internal sealed class CreateVideo : McpTool
{
    public override ToolSpec Spec { get; } = new("create_video", "video", "Start a new video generation job. Returns a job object with status; poll get_video_status.")
    {
        Params =
        [
            VideoParams.Prompt with { About = "What the video shows: shot type, subject, action, setting and lighting." },
            new TextParam("model") { Choices = ["sora-2", "sora-2-pro"], Default = "sora-2" },
            new TextParam("size") { Choices = ["1280x720", "1920x1080", "720x1280", "1080x1920"], Default = "1280x720" },
            new TextParam("seconds") { Choices = ["4", "8", "12"], Default = "8" },
            new TextParam("input_reference") { MaxLength = EncodedPicture.MaxLength, About = "Base64 of a JPEG, PNG or WebP of the video's size: the first frame." },
        ],
        Result = VideoObject.SeedShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) =>
        SeedVideo.StartAsync(call, VideoParams.Draft(call.Arguments) with
        {
            FirstFrame = call.Arguments.TextOrNull("input_reference") is { } encoded ? new ImageSource.Encoded("input_reference", encoded) : null,
        });
}
