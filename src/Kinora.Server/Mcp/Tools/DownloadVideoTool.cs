using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class DownloadVideoTool : McpTool
{
    public override ToolSpec Spec { get; } = new("download_video", "video", "Save a completed video, its thumbnail or spritesheet as a file in the video folder.")
    {
        Params =
        [
            VideoParams.VideoId,
            new TextParam("variant") { Choices = ["video", "thumbnail", "spritesheet"], Default = "video" },
            VideoFile.NewName with { About = "In the video folder; default from the id" },
            new FlagParam("overwrite"),
            new FlagParam("as_base64") { About = "Answer with the data too, up to 1 MiB" },
        ],
        Result = Shape.Object(
            ("video_id", Shape.Text), ("filename", Shape.Text), ("path?", Shape.Text), ("mime_type", Shape.Text),
            ("size_bytes", Shape.Integer), ("sha256", Shape.Text), ("data_base64?", Shape.Text)),
        Effect = ToolEffect.Writes,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var given = call.Arguments;
        var file = await VideoFile.FindAsync(call, given.Text("variant"), cancel);
        var saved = await file.SaveAsync(given.TextOrNull("filename"), given.Flag("overwrite"), cancel);
        var base64 = given.Flag("as_base64") ? await file.Base64Async(cancel) : null;
        var where = call.Client.SameMachine ? saved.Path : saved.Name;
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("video_id", file.Job.Id.ToString());
                json.WriteString("variant", file.Variant);
                json.WriteString("filename", saved.Name);
                if (call.Client.SameMachine)
                {
                    json.WriteString("path", saved.Path);
                }

                json.WriteString("mime_type", file.Asset.MimeType);
                json.WriteNumber("size_bytes", file.Asset.Bytes);
                json.WriteString("sha256", file.Asset.Sha256);
                if (base64 is not null)
                {
                    json.WriteString("data_base64", base64);
                }
                else if (given.Flag("as_base64"))
                {
                    json.WriteString("note", file.TooLargeNote());
                }

                json.WriteEndObject();
            },
            FormattableString.Invariant($"Saved {file.Variant} to {where} ({file.Asset.Bytes:N0} bytes).")) with
        {
            More = [file.Link()],
        };
    }
}
