using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class DeleteVideoTool : McpTool
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    public override ToolSpec Spec { get; } = new("delete_video", "video", "Delete a video and its files for good.")
    {
        Params = [VideoParams.VideoId, new FlagParam("cancel_first") { About = "Stop it if it is still being made" }],
        Result = Shape.Object(("id", Shape.Text), ("object", Shape.Text), ("deleted", Shape.Flag)),
        Effect = ToolEffect.Destroys,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var (service, caller) = (call.Studio.Generation, call.Client.Caller);
        var job = await service.GetAsync(caller, call.Text("video_id"), MediaKind.Video, cancel);
        if (!job.Status.IsFinal() && call.Arguments.Flag("cancel_first"))
        {
            await service.StopAsync(caller, job.Id.ToString(), LongestStop, cancel);
        }

        await service.DeleteAsync(caller, job.Id.ToString(), cancel);
        return ToolAnswer.Of(json => WriteDeleted(json, job.Id), $"{job.Id} and its files are deleted.");
    }

    internal static void WriteDeleted(System.Text.Json.Utf8JsonWriter json, JobId id)
    {
        json.WriteStartObject();
        json.WriteString("id", id.ToString());
        json.WriteString("object", "video.deleted");
        json.WriteBoolean("deleted", true);
        json.WriteEndObject();
    }
}
