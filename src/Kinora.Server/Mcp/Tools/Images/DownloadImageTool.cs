using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools.Images;

internal sealed class DownloadImageTool : McpTool
{
    public override ToolSpec Spec { get; } = new("download_image", "image", "Save a completed image into the reference folder, ready for create_video.")
    {
        Params = [ImageParams.ImageId, VideoFile.NewName with { About = "Default from the id" }, new FlagParam("overwrite")],
        Result = Shape.Object(
            ("image_id", Shape.Text), ("filename", Shape.Text), ("path?", Shape.Text), ("width", Shape.Integer), ("height", Shape.Integer),
            ("size_bytes", Shape.Integer)),
        Effect = ToolEffect.Writes,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var (job, picture) = await ImageJob.FindAsync(call, call.Text("image_id"), cancel);
        var saved = await ImageJob.SaveAsync(call, job, picture, call.Arguments.TextOrNull("filename"), call.Arguments.Flag("overwrite"), cancel);
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("image_id", call.Text("image_id"));
                json.WriteString("filename", saved.Name);
                if (call.Client.SameMachine)
                {
                    json.WriteString("path", saved.Path);
                }

                json.WriteString("mime_type", picture.MimeType);
                json.WriteNumber("width", picture.Width ?? 0);
                json.WriteNumber("height", picture.Height ?? 0);
                json.WriteNumber("size_bytes", picture.Bytes);
                json.WriteEndObject();
            },
            FormattableString.Invariant($"Saved to {(call.Client.SameMachine ? saved.Path : saved.Name)} ({picture.Width}x{picture.Height}, {picture.Bytes:N0} bytes). create_video takes it as input_reference_filename.")) with
        {
            More = [ImageStart.Link(job, picture)],
        };
    }
}
