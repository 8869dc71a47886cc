using System.CommandLine;
using System.Text.Json;
using Kinora.Catalog;

namespace Kinora.Server.Commands;

internal static class ModelsCommand
{
    public static Command Build()
    {
        var command = new Command("models", "List the models there are and what they can do");
        command.SetAction(CliContext.Action(async (context, _, cancel) =>
        {
            var catalog = context.Host.Get<ModelCatalog>();
            var models = await catalog.ListAsync(cancel);
            var aliases = await catalog.AliasesAsync(kind: null, cancel);
            context.Answer(Table(models, aliases), json => Write(json, models, aliases));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static string Table(IReadOnlyList<ModelInfo> models, IReadOnlyList<ModelAlias> aliases)
    {
        var width = Math.Max(20, models.Max(m => m.Id.Length));
        var lines = models.Select(m =>
            $"{m.Id.PadRight(width)}  {m.Title}{Environment.NewLine}{new string(' ', width)}  {Can(m)}").ToList();
        lines.Add("");
        lines.AddRange(aliases.GroupBy(a => a.Model).Select(g => $"Also called {string.Join(", ", g.Select(a => a.Name))}: {g.Key}"));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Can(ModelInfo m)
    {
        var parts = new List<string>
        {
            string.Join(" and ", m.Kinds).ToLowerInvariant(),
            m.Durations?.ToString() ?? "any length asked",
            m.Sizes?.ToString() ?? "any size asked",
        };
        parts.AddRange(m.Features());
        if (m.Image is { } picture)
        {
            parts.Add("pictures: " + Pictures(picture));
        }

        parts.Add(m.Price is { } price ? FormattableString.Invariant($"${price.Usd:0.####} per {price.Per.ToString().ToLowerInvariant()}") : "price unknown");
        if (m.RetiresOn is { } end)
        {
            parts.Add($"retires {end:yyyy-MM-dd}");
        }

        return string.Join("; ", parts);
    }

    private static string Pictures(ImageRule can)
    {
        var parts = new List<string> { $"{can.MaxCount} at once", string.Join("/", can.Formats) };
        parts.Add(can.MaxInputs switch { 0 => "from words only", 1 => "changes one", var most => $"draws from up to {most}" });
        parts.AddRange(new (bool Has, string Word)[] { (can.Mask, "mask"), (can.Transparent, "transparent"), (can.Qualities.Count > 0, "quality " + string.Join("/", can.Qualities)) }
            .Where(p => p.Has).Select(p => p.Word));
        return string.Join(", ", parts);
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ModelInfo> models, IReadOnlyList<ModelAlias> aliases)
    {
        json.WriteStartObject();
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, models, CliJson.Default.IReadOnlyListModelInfo);
        json.WriteStartObject("aliases");
        foreach (var (name, target) in aliases.DistinctBy(a => a.Name))
        {
            // The one of videos, where pictures have another.
            json.WriteString(name, target);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
