using Kinora.References;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class PrepareReferenceTool : McpTool
{
    public override ToolSpec Spec { get; } = new("prepare_reference", "reference", "Make a new picture of exactly the video's size from one of the reference folder.")
    {
        Params =
        [
            ReferenceParams.Input,
            new TextParam("target_size") { Required = true, MaxLength = 20, About = "WIDTHxHEIGHT" },
            ReferenceParams.Output with { About = "png, jpg or webp" },
            ReferenceParams.Mode with { About = "crop fills, pad adds bars, rescale stretches" },
            new TextParam("background") { MaxLength = 20, About = "#rrggbb" },
        ],
        Result = PreparedRow.Shape,
        Effect = ToolEffect.Writes,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var made = await call.Studio.References.PrepareAsync(call.Client.Caller.UserId, ReferenceParams.Prepare(call.Arguments), cancel);
        return ToolAnswer.Of(
            json => PreparedRow.Write(json, made, call.Client.SameMachine),
            $"Made {made.OutputName}, {made.Width}x{made.Height} from {made.OriginalWidth}x{made.OriginalHeight}. Use it as input_reference_filename of create_video.");
    }
}

/// <summary>A prepared picture as seed 000 answers.</summary>
internal static class PreparedRow
{
    public static Shape Shape { get; } = Schema.Shape.Object(
        ("output_filename", Schema.Shape.Text), ("original_size", Schema.Shape.List(Schema.Shape.Integer)), ("target_size", Schema.Shape.List(Schema.Shape.Integer)),
        ("resize_mode", Schema.Shape.Text), ("path", Schema.Shape.Text));

    /// <param name="wholePath">False over a network: the name alone, because the rest tells about the server.</param>
    public static void Write(System.Text.Json.Utf8JsonWriter json, PreparedReference made, bool wholePath)
    {
        json.WriteStartObject();
        json.WriteString("output_filename", made.OutputName);
        json.WriteStartArray("original_size");
        json.WriteNumberValue(made.OriginalWidth);
        json.WriteNumberValue(made.OriginalHeight);
        json.WriteEndArray();
        json.WriteStartArray("target_size");
        json.WriteNumberValue(made.Width);
        json.WriteNumberValue(made.Height);
        json.WriteEndArray();
        json.WriteString("resize_mode", made.Mode.ToString().ToLowerInvariant());
        json.WriteString("path", wholePath ? made.Path : made.OutputName);
        json.WriteEndObject();
    }
}
