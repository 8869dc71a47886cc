using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

internal sealed class SoraPrepareReference : McpTool
{
    public override ToolSpec Spec { get; } = new("sora_prepare_reference", "reference", "Resize a picture of the reference folder to a video's size.")
    {
        Params =
        [
            ReferenceParams.Input,
            new TextParam("target_size") { Required = true, Choices = SoraServerProfile.Sizes },
            ReferenceParams.Output with { About = "Default: the input's name with the size" },
            ReferenceParams.Mode,
        ],
        Result = PreparedRow.Shape,
        Effect = ToolEffect.Writes,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var made = await call.Studio.References.PrepareAsync(call.Client.Caller.UserId, ReferenceParams.Prepare(call.Arguments), cancel);
        return ToolAnswer.AsJsonText(json => PreparedRow.Write(json, made, call.Client.SameMachine));
    }
}
