using Kinora.Generation;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles;

/// <summary>What the profiles of Sora servers have in common: the plain Video object, as structured content and as text.</summary>
internal static class SeedVideo
{
    public static Shape DeletedShape { get; } = Shape.Object(("id", Shape.Text), ("object", Shape.Text), ("deleted", Shape.Flag));

    public static async Task<ToolAnswer> StartAsync(ToolCall call, GenerationDraft draft)
    {
        var created = await call.Studio.Generation.SubmitAsync(call.Client.Caller, draft, CancellationToken.None);
        return ToolAnswer.AsJsonText(json => VideoObject.WriteSeed(json, created.Job)) with { Job = created.Job };
    }

    public static async Task<ToolAnswer> StatusAsync(ToolCall call, CancellationToken cancel)
    {
        var job = await call.Studio.Generation.GetAsync(call.Client.Caller, call.Text("video_id"), MediaKind.Video, cancel);
        return ToolAnswer.AsJsonText(json => VideoObject.WriteSeed(json, job));
    }

    public static async Task<ToolAnswer> DeleteAsync(ToolCall call, CancellationToken cancel)
    {
        var job = await call.Studio.Generation.GetAsync(call.Client.Caller, call.Text("video_id"), MediaKind.Video, cancel);
        await call.Studio.Generation.DeleteAsync(call.Client.Caller, job.Id.ToString(), cancel);
        return ToolAnswer.AsJsonText(json => DeleteVideoTool.WriteDeleted(json, job.Id));
    }
}
