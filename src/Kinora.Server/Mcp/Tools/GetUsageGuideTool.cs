using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class GetUsageGuideTool : McpTool
{
    public override ToolSpec Spec { get; } = new("get_usage_guide", "server", "Read how to work with these tools: steps, prompting, money, errors.")
    {
        Params = [new TextParam("topic") { Choices = UsageGuide.Topics }],
        Result = Shape.Object(("topic", Shape.Text), ("text", Shape.Text)),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var topic = call.Arguments.TextOrNull("topic");
        var text = UsageGuide.Read(topic);
        return Task.FromResult(ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("topic", topic ?? "all");
                json.WriteString("text", text);
                json.WriteEndObject();
            },
            text));
    }
}
