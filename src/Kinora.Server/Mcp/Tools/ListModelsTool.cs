using System.Text.Json;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class ListModelsTool : McpTool
{
    private const int RowsInText = 12;

    public override ToolSpec Spec { get; } = new("list_models", "server", "See which models there are, what each can do, and what it costs.")
    {
        Params = [new TextParam("kind") { Choices = ["video", "image"] }, new TextParam("search") { About = "Part of the id or title" }],
        Result = Shape.Object(
            ("data", Shape.List(Shape.Object(
                ("id", Shape.Text), ("title", Shape.Text), ("kinds", Shape.List(Shape.Text)), ("seconds?", Shape.Text), ("sizes?", Shape.Text),
                ("features", Shape.List(Shape.Text)), ("price_usd?", Shape.Number), ("price_per?", Shape.Text), ("retires_on?", Shape.Text)))),
            ("aliases", Shape.List(Shape.Object(("name", Shape.Text), ("model", Shape.Text))))),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        MediaKind? kind = call.Arguments.TextOrNull("kind") switch { "video" => MediaKind.Video, "image" => MediaKind.Image, _ => null };
        var search = call.Arguments.TextOrNull("search");
        var models = (await call.Studio.Catalog.ListAsync(cancel))
            .Where(m => kind is null || m.Kinds.Contains(kind.Value))
            .Where(m => search is null || m.Id.Contains(search, StringComparison.OrdinalIgnoreCase) || m.Title.Contains(search, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var aliases = await call.Studio.Catalog.AliasesAsync(kind, cancel);
        var rows = models.Take(RowsInText).Select(m => $"{m.Id}: {m.Durations?.ToString() ?? "any length"}; {m.Sizes?.ToString() ?? "any size"}; {Price(m)}");
        var text = models.Count == 0 ? "There is no such model." : string.Join('\n', rows) + (models.Count > RowsInText ? "\n… more in data" : "");
        return ToolAnswer.Of(json => Write(json, models, aliases), text);
    }

    private static void Write(Utf8JsonWriter json, List<ModelInfo> models, IReadOnlyList<ModelAlias> aliases)
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var model in models)
        {
            WriteModel(json, model);
        }

        json.WriteEndArray();
        json.WriteStartArray("aliases");
        foreach (var (name, target) in aliases)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("model", target);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, ModelInfo model)
    {
        json.WriteStartObject();
        json.WriteString("id", model.Id);
        json.WriteString("title", model.Title);
        json.WriteStartArray("kinds");
        foreach (var kind in model.Kinds)
        {
            json.WriteStringValue(kind.ToString().ToLowerInvariant());
        }

        json.WriteEndArray();
        if (model.Durations is { } durations)
        {
            json.WriteString("seconds", durations.ToString());
        }

        if (model.Sizes is { } sizes)
        {
            json.WriteString("sizes", sizes.ToString());
        }

        json.WriteStartArray("features");
        foreach (var feature in model.Features())
        {
            json.WriteStringValue(feature);
        }

        json.WriteEndArray();
        if (model.Price is { } price)
        {
            json.WriteNumber("price_usd", price.Usd);
            json.WriteString("price_per", price.Per.ToString().ToLowerInvariant());
        }

        if (model.RetiresOn is { } end)
        {
            json.WriteString("retires_on", FormattableString.Invariant($"{end:yyyy-MM-dd}"));
        }

        json.WriteEndObject();
    }

    private static string Price(ModelInfo model) =>
        model.Price is { } price ? FormattableString.Invariant($"${price.Usd:0.####} per {price.Per.ToString().ToLowerInvariant()}") : "price not known";
}
