using System.Text.Json;
using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools.Design;

internal sealed class GenerateProductImageTool : McpTool
{
    private const int LongestText = 500;

    public override ToolSpec Spec { get; } = new("generate_product_image", "design", "Make up to three takes of a product picture for a shop; waits up to 50 s.")
    {
        Params = DesignParams.Product,
        Result = Shape.Object(
            ("success", Shape.Flag), ("results", Shape.List(ImageObject.BriefShape)),
            ("failures", Shape.List(Shape.Object(("take", Shape.Integer), ("code", Shape.Text), ("message", Shape.Text)))), ("summary", Shape.Text)),
        Effect = ToolEffect.Pays,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var takes = await ImageBatch.RunAsync(call, DesignParams.Session(call), DesignParams.Products(call), cancel);
        var jobs = takes.Select(t => t.Job).OfType<Job>().ToList();
        return ToolAnswer.Of(json => Write(json, call, takes), Summary(call, takes)) with
        {
            More = [.. jobs.SelectMany(ImageStart.Links)],
            IsError = takes.All(t => t.Failed),
        };
    }

    private static void Write(Utf8JsonWriter json, ToolCall call, IReadOnlyList<ImageTake> takes)
    {
        json.WriteStartObject();
        json.WriteBoolean("success", takes.Any(t => t.Done));
        json.WriteStartArray("results");
        foreach (var job in takes.Where(t => !t.Failed).Select(t => t.Job!))
        {
            ImageObject.Write(json, job, picture => ImageStart.Path(call, job, picture));
        }

        json.WriteEndArray();
        json.WriteStartArray("failures");
        foreach (var take in takes.Where(t => t.Failed))
        {
            json.WriteStartObject();
            json.WriteNumber("take", take.Number);
            json.WriteString("code", take.ErrorCode);
            json.WriteString("message", PlainText.Clean(take.ErrorText, LongestText));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("summary", ImageBatch.Summary(takes));
        json.WriteEndObject();
    }

    private static string Summary(ToolCall call, IReadOnlyList<ImageTake> takes)
    {
        var lines = new List<string> { ImageBatch.Summary(takes) };
        foreach (var take in takes)
        {
            lines.Add(take.Failed ? $"Take {take.Number} failed ({take.ErrorCode}): {PlainText.Clean(take.ErrorText, 200)}"
                : !take.Done ? JobWords.Describe(take.Job!)
                : $"{take.Job!.PublicId} {string.Join(' ', take.Job.Assets.Select(a => ImageStart.Path(call, take.Job, a)).OfType<string>())}");
        }

        return string.Join('\n', lines);
    }
}
