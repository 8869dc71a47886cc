using System.Text.Json;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

/// <param name="tools">How many tools there are.</param>
internal sealed class GetUsageGuide(Func<int> tools) : SeedTool
{
    private static readonly string[] Features =
    [
        "Sessions: several turns about one picture, kept across restarts",
        "Any configured image model; a built-in one that needs no key",
        "Editing with reference images and masks, branching from any earlier image",
        "Presets for products and UI assets",
        "Every image with its metadata in an ordered workspace",
    ];

    private static readonly string[] Session =
        ["create_image_session('what all images share')", "generate_image_in_session(session_id, 'first prompt')", "generate_image_in_session(session_id, 'one change')", "close_session(session_id)"];

    private static readonly string[] SingleShot =
        ["generate_image('prompt')", "edit_image(image_path, 'change')", "generate_product_image('product')", "promote_image_to_session(image_path, 'what it shall become')"];

    public override ToolSpec Spec { get; } = new("get_usage_guide", "server", "Get the guide to these tools, with examples.")
    {
        Result = Shape.Object(
        [
            ("success", Shape.Flag), ("version?", Shape.Text), ("architecture?", Shape.Text), ("guide_content?", Shape.Text), ("last_updated?", Shape.Text),
            ("total_tools?", Shape.Integer), ("key_features?", Shape.List(Shape.Text)),
            ("quick_start?", Shape.Object(("session_workflow", Shape.List(Shape.Text)), ("single_shot", Shape.List(Shape.Text)))), .. Failures.Fields,
        ]),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    protected override string ErrorType => "guide_error";

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel) => Task.FromResult(ToolAnswer.AsJsonText(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteString("version", ProductVersion.Text);
        json.WriteString("architecture", "Durable jobs and sessions over any image provider");
        json.WriteString("guide_content", GuidePage.OpenAiImageMcp);
        json.WriteString("last_updated", GuidePage.LastUpdated(GuidePage.OpenAiImageMcp));
        json.WriteNumber("total_tools", tools());
        Write(json, "key_features", Features);
        json.WriteStartObject("quick_start");
        Write(json, "session_workflow", Session);
        Write(json, "single_shot", SingleShot);
        json.WriteEndObject();
        json.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter json, string name, string[] texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
