using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class SoraDownload : McpTool
{
    public override ToolSpec Spec { get; } = new("sora_download", "video", "Save a completed video, its thumbnail or spritesheet in the video folder.")
    {
        Params =
        [
            VideoParams.VideoId,
            VideoFile.NewName with { About = "Default: the id with the right ending" },
            new TextParam("variant") { Choices = ["video", "thumbnail", "spritesheet"], Default = "video" },
        ],
        Result = Shape.Object(("filename", Shape.Text), ("path", Shape.Text), ("variant", Shape.Text)),
        Effect = ToolEffect.Writes,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var file = await VideoFile.FindAsync(call, call.Text("variant"), cancel);
        var saved = await file.SaveAsync(call.Arguments.TextOrNull("filename"), overwrite: false, cancel);
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteString("filename", saved.Name);
            json.WriteString("path", call.Client.SameMachine ? saved.Path : saved.Name);
            json.WriteString("variant", file.Variant);
            json.WriteEndObject();
        }) with
        {
            More = [file.Link()],
        };
    }
}
