using Kinora.Jobs;
using Kinora.Media;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Tools;

internal sealed class GetVideoFramesTool : McpTool
{
    /// <summary>Pixels of the longer side: enough to judge a shot by, small enough for any client.</summary>
    private const int LongestSide = 512;

    public override ToolSpec Spec { get; } = new("get_video_frames", "video", "See stills of a completed video, from the first frame to the last, to judge it.")
    {
        Params = [VideoParams.VideoId, new IntegerParam("count", 1, 10) { Default = 4 }],
        Result = Shape.Object(("video_id", Shape.Text), ("seconds", Shape.List(Shape.Number))),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var file = await VideoFile.FindAsync(call, "video", cancel);
        var (media, assets) = (call.Studio.Media, call.Studio.Assets);
        var scratch = JobId.New(call.Studio.Random);
        try
        {
            var path = await assets.LocalPathAsync(file.Asset, cancel);
            var info = await media.ProbeVideoAsync(path, cancel);
            var frames = await media.ExtractFramesAsync(path, info, (int)call.Arguments.Integer("count"), LongestSide, assets.WorkFolder(scratch), cancel);
            var pictures = new List<ContentBlock>();
            foreach (var frame in frames)
            {
                pictures.Add(ImageContentBlock.FromBytes(await File.ReadAllBytesAsync(frame.Path, cancel), "image/jpeg"));
            }

            return Answer(file.Job, frames) with { More = pictures };
        }
        finally
        {
            assets.ClearWork(scratch);
        }
    }

    private static ToolAnswer Answer(Job job, IReadOnlyList<VideoFrame> frames) => ToolAnswer.Of(
        json =>
        {
            json.WriteStartObject();
            json.WriteString("video_id", job.Id.ToString());
            json.WriteStartArray("seconds");
            foreach (var frame in frames)
            {
                json.WriteNumberValue(Math.Round(frame.Second, 3));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        },
        FormattableString.Invariant($"{frames.Count} stills of {job.Id} at {string.Join(", ", frames.Select(f => FormattableString.Invariant($"{f.Second:0.##} s")))}; the last one is the last frame."));
}
