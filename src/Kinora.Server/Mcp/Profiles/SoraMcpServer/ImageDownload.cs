using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class ImageDownload : McpTool
{
    public override ToolSpec Spec { get; } = new("image_download", "image", "Save a completed image in the reference folder, for sora_prepare_reference and sora_create_video.")
    {
        Params = [ImageParams.ImageId with { Name = "response_id" }, VideoFile.NewName with { About = "Default: the id with the right ending" }],
        Result = Shape.Object(("filename", Shape.Text), ("path", Shape.Text), ("size", Shape.List(Shape.Integer)), ("format", Shape.Text)),
        Effect = ToolEffect.Writes,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var (job, picture) = await ImageJob.FindAsync(call, call.Text("response_id"), cancel);
        var saved = await ImageJob.SaveAsync(call, job, picture, call.Arguments.TextOrNull("filename"), overwrite: false, cancel);
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteString("filename", saved.Name);
            json.WriteString("path", call.Client.SameMachine ? saved.Path : saved.Name);
            json.WriteStartArray("size");
            json.WriteNumberValue(picture.Width ?? 0);
            json.WriteNumberValue(picture.Height ?? 0);
            json.WriteEndArray();
            json.WriteString("format", picture.MimeType["image/".Length..]);
            json.WriteEndObject();
        }) with
        {
            More = [ImageStart.Link(job, picture)],
        };
    }
}
