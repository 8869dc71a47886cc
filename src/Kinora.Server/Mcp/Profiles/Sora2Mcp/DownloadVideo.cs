using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.Sora2Mcp;

internal sealed class DownloadVideo : McpTool
{
    public override ToolSpec Spec { get; } = new("download_video", "video", "Download a completed video (MP4), thumbnail (WebP) or spritesheet (JPEG).")
    {
        Params = [VideoParams.VideoId, new TextParam("variant") { Choices = ["video", "thumbnail", "spritesheet"], Default = "video" }],
        Result = Shape.Object(
            ("video_id", Shape.Text), ("variant", Shape.Text), ("size_bytes", Shape.Integer), ("data_base64", Shape.Anything), ("note", Shape.Text)),
        Effect = ToolEffect.Writes,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var file = await VideoFile.FindAsync(call, call.Text("variant"), cancel);
        var base64 = await file.Base64Async(cancel);
        var note = base64 is not null
            ? $"Base64 of a {file.Asset.MimeType} file; decode it to save it."
            : $"{file.TooLargeNote()} It was saved in the video folder as {(await file.SaveAsync(name: null, overwrite: false, cancel)).Name}.";
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteString("video_id", file.Job.Id.ToString());
            json.WriteString("variant", file.Variant);
            json.WriteNumber("size_bytes", file.Asset.Bytes);
            json.WriteString("data_base64", base64);
            json.WriteString("note", note);
            json.WriteEndObject();
        }) with
        {
            More = [file.Link()],
        };
    }
}
