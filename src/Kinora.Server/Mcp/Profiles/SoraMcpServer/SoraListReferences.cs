using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class SoraListReferences : McpTool
{
    public override ToolSpec Spec { get; } = new("sora_list_references", "reference", "List the pictures of the reference folder.")
    {
        Params = ReferenceParams.List,
        Result = Shape.Object(("data", Shape.List(Shape.Object(
            ("filename", Shape.Text), ("size_bytes", Shape.Integer), ("modified_timestamp", Shape.Integer), ("file_type", Shape.Text))))),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var page = await call.Studio.References.ListAsync(call.Client.Caller.UserId, ReferenceParams.Query(call.Arguments), cancel);
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            ReferenceRows.Write(json, page);
            json.WriteEndObject();
        });
    }
}
