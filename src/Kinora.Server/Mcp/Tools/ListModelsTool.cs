using System.Text.Json;
using Kinora.Catalog;
using Kinora.Server.Commands;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class ListModelsTool : McpTool
{
    private const int RowsInText = 12;

    public override ToolSpec Spec { get; } = new("list_models", "server", "See which models there are, what each can do, and what it costs.")
    {
        Params = [new TextParam("kind") { Choices = ["video", "image"] }, new TextParam("search") { About = "Part of the id or title" }, new TextParam("can") { About = "Such as last_frame,seed,cancel" }],
        Result = Shape.Object(
            ("data", Shape.List(Shape.Object(
                ("id", Shape.Text), ("title", Shape.Text), ("kinds", Shape.List(Shape.Text)), ("seconds?", Shape.Text), ("sizes?", Shape.Text),
                ("features", Shape.List(Shape.Text)), ("price?", Shape.Text), ("retires_on?", Shape.Text)))),
            ("aliases", Shape.List(Shape.Object(("name", Shape.Text), ("model", Shape.Text))))),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var filter = ModelFilter.Read(call.Arguments.TextOrNull("kind"), call.Arguments.TextOrNull("search"), call.Arguments.TextOrNull("can"));
        var models = (await call.Studio.Catalog.ListAsync(cancel)).Where(filter.Matches).ToList();
        var aliases = await call.Studio.Catalog.AliasesAsync(filter.Kind, cancel);
        var rows = models.Take(RowsInText).Select(m => $"{m.Id}: {m.Durations?.ToString() ?? "any length"}; {m.Sizes?.Brief() ?? "any size"}; {m.Price?.ToString() ?? "price not known"}");
        var text = models.Count == 0 ? "There is no such model." : string.Join('\n', rows) + (models.Count > RowsInText ? "\n… more in data" : "");
        return ToolAnswer.Of(json => Write(json, models, aliases), text);
    }

    private static void Write(Utf8JsonWriter json, List<ModelInfo> models, IReadOnlyList<ModelAlias> aliases)
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("id", model.Id);
            json.WriteString("title", model.Title);
            ModelFacts.Write(json, model);
            json.WriteEndObject();
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
}
