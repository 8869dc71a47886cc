using System.Text.Json;
using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Design;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class GenerateProductImage(OpenCalls open) : PictureTool(open)
{
    public override ToolSpec Spec { get; } = new("generate_product_image", "design", "Generate product images, up to three takes; failures are listed among the results.")
    {
        Params = DesignParams.Product,
        Result = Shape.Object(
        [
            ("success", Shape.Flag), ("product_description?", Shape.Text), ("background_type?", Shape.Text), ("angle?", Shape.Text), ("lighting?", Shape.Text),
            ("batch_count?", Shape.Integer), ("results?", Shape.List(Shape.Object(("success", Shape.Flag)))), ("summary?", Shape.Text), .. Failures.PictureFields, Failures.Sessions,
        ]),
        Effect = ToolEffect.Pays,
    };

    protected override string ErrorType => "product_generation_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var takes = await MakeAsync(call, DesignParams.Session(call), DesignParams.Products(call), cancel);
        var made = takes.FirstOrDefault(t => t.Done)?.Job;
        var context = made is null ? new PictureContext("", "") : await Pictures.ContextAsync(call, made, cancel);

        return ToolAnswer.AsJsonText(json => Write(json, call, takes, context)) with
        {
            More = [.. takes.Select(t => t.Job).OfType<Job>().SelectMany(ImageStart.Links)],
        };
    }

    private void Write(Utf8JsonWriter json, ToolCall call, IReadOnlyList<ImageTake> takes, PictureContext context)
    {
        var done = takes.Any(t => t.Done);
        json.WriteStartObject();
        json.WriteBoolean("success", done);
        json.WriteString("product_description", PlainText.Clean(call.Text("product_description"), TextParam.LongestText));
        foreach (var name in (ReadOnlySpan<string>)["background_type", "angle", "lighting"])
        {
            json.WriteString(name, call.Text(name));
        }

        json.WriteNumber("batch_count", takes.Count);
        json.WriteStartArray("results");
        foreach (var take in takes)
        {
            if (take.Refusal is { } refusal)
            {
                Failures.Write(json, refusal, ErrorType);
            }
            else
            {
                Pictures.Write(json, call, take.Job!, context, ErrorType, _ => { });
            }
        }

        json.WriteEndArray();
        json.WriteString("summary", ImageBatch.Summary(takes));
        if (!done)
        {
            json.WriteString("error", ImageBatch.Summary(takes) + " The results tell why.");
            json.WriteString("error_type", ErrorType);
        }

        json.WriteEndObject();
    }
}
