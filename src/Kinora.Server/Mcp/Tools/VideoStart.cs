using Kinora.Generation;
using Kinora.Server.Mcp.Content;

namespace Kinora.Server.Mcp.Tools;

/// <summary>The one way in which tools make a job.</summary>
internal static class VideoStart
{
    public static async Task<ToolAnswer> RunAsync(ToolCall call, GenerationDraft draft)
    {
        // Not the call's token: a client that hangs up must not leave a create half done.
        var created = await call.Studio.Generation.SubmitAsync(call.Client.Caller, draft, CancellationToken.None);
        return ToolAnswer.Of(json => VideoObject.Write(json, created.Job, created.AlreadyThere), JobWords.Describe(created)) with { Job = created.Job };
    }
}
