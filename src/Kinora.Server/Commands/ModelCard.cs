using System.Globalization;
using System.Text;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Server.Commands;

/// <summary>Models as people read them: a table of all, or a card of one.</summary>
internal static class ModelCard
{
    /// <summary>Names of one model that are shown before the rest is only counted.</summary>
    private const int MostNames = 6;

    private static readonly string[] _heads = ["MODEL", "MAKES", "SECONDS", "SIZES", "PRICE", "CAN"];

    public static string Table(IReadOnlyList<ModelInfo> models, IReadOnlyList<ModelAlias> aliases)
    {
        if (models.Count == 0)
        {
            return "No model fits. `kinora models` without options lists all.";
        }

        var rows = models.Select(Row).Prepend(_heads).ToList();
        var widths = Enumerable.Range(0, _heads.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        var shown = models.Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var names in aliases.Where(a => shown.Contains(a.Model)).GroupBy(a => a.Model))
        {
            var (first, more) = (names.Select(n => n.Name).Take(MostNames), names.Count() - MostNames);
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"Also called {string.Join(", ", first)}{(more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more") : "")}: {names.Key}");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>All that is known of one.</summary>
    public static string Of(ModelInfo model)
    {
        var lines = new List<(string Name, string Text)>
        {
            ("makes", string.Join(" and ", model.Kinds).ToLowerInvariant()),
        };
        if (model.Kinds.Contains(MediaKind.Video))
        {
            lines.Add(("seconds", model.Durations is { } durations ? $"{durations}; {durations.Default.ToString(CultureInfo.InvariantCulture)} unless asked otherwise" : "any length is passed on"));
        }

        lines.AddRange(
        [
            ("sizes", model.Sizes is { } sizes ? $"{sizes}; {sizes.Default} unless asked otherwise" : "any size is passed on"),
            ("can", string.Join(", ", model.Features()) is { Length: > 0 } can ? can : "nothing beyond a prompt"),
        ]);
        if (model.Image is { } picture)
        {
            lines.Add(("pictures", Pictures(picture)));
        }

        lines.Add(("price", Price(model)));
        if (model.RetiresOn is { } end)
        {
            lines.Add(("retires", $"{end:yyyy-MM-dd}{(model.Replacement is { } next ? $"; use {next}" : "")}"));
        }

        lines.Add(("facts", $"{model.Source}{(model.SourceDate is { } day ? $", read {day:yyyy-MM-dd}" : "")}"));
        return string.Join(Environment.NewLine, lines.Select(line => $"  {line.Name,-9}{line.Text}").Prepend($"{model.Id}  {model.Title}"));
    }

    private static string[] Row(ModelInfo model) =>
    [
        model.Id,
        string.Join('+', model.Kinds).ToLowerInvariant(),
        !model.Kinds.Contains(MediaKind.Video) ? "-" : model.Durations is { } durations ? durations.ToString().Replace(" seconds", "", StringComparison.Ordinal) : "as asked",
        model.Sizes?.Brief() ?? "as asked",
        model.Price?.ToString() ?? "not known",
        string.Join(", ", model.Features().Concat(model.Image is { } picture ? ["pictures: " + Pictures(picture)] : []).Append(Retires(model)).OfType<string>()),
    ];

    private static string? Retires(ModelInfo model) => model.RetiresOn is { } end ? $"retires {end:yyyy-MM-dd}" : null;

    private static string Price(ModelInfo model) => model.Price is not { } price ? "not known"
        : string.Join("; ", new[]
        {
            price.ToString(),
            price.Larger.Count == 0 ? null : string.Join(", ", price.Larger.Select(step => FormattableString.Invariant($"${step.Usd:0.00##} from {step.Side} lines on"))),
            price.UsdPerInput == 0 ? null : FormattableString.Invariant($"${price.UsdPerInput:0.00##} for each picture that comes in"),
            price.Source is null && price.SourceDate is null ? null : $"{price.Source}{(price.SourceDate is { } day ? $", read {day:yyyy-MM-dd}" : "")}",
        }.OfType<string>());

    private static string Pictures(ImageRule can)
    {
        var parts = new List<string> { $"{can.MaxCount} at once", string.Join("/", can.Formats) };
        parts.Add(can.MaxInputs switch { 0 => "from words only", 1 => "changes one", var most => $"draws from up to {most}" });
        parts.AddRange(new (bool Has, string Word)[] { (can.Mask, "mask"), (can.Transparent, "transparent"), (can.Qualities.Count > 0, "quality " + string.Join("/", can.Qualities)) }
            .Where(p => p.Has).Select(p => p.Word));
        return string.Join(", ", parts);
    }
}
