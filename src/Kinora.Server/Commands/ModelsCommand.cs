using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;

namespace Kinora.Server.Commands;

internal static class ModelsCommand
{
    public static Command Build()
    {
        var id = new Argument<string?>("model") { Description = "One model, with all that is known of it", Arity = ArgumentArity.ZeroOrOne };
        var kind = new Option<string?>("--kind") { Description = "Only those that make this: video or image", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong("video", "image");
        var can = new Option<string?>("--can") { Description = $"Only those that can all of this, with commas between: {string.Join(", ", ModelFilter.Words)}", HelpName = "WORDS" };
        var find = new Option<string?>("--find") { Description = "Only those with this in their id or title", HelpName = "TEXT" };
        var command = new Command("models", "List the models there are, what they can do and cost") { id, kind, can, find };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var catalog = context.Host.Get<ModelCatalog>();
            if (parsed.GetValue(id) is { } one)
            {
                var found = (await catalog.ResolveAsync(one, parsed.GetValue(kind) == "image" ? MediaKind.Image : MediaKind.Video, cancel)).Model;
                context.Answer(ModelCard.Of(found), json => JsonSerializer.Serialize(json, found, CliJson.Default.ModelInfo));
                return ExitCodes.Done;
            }

            var filter = Filter(parsed.GetValue(kind), parsed.GetValue(find), parsed.GetValue(can));
            var models = (await catalog.ListAsync(cancel)).Where(filter.Matches).ToList();
            var aliases = await catalog.AliasesAsync(kind: null, cancel);
            context.Answer(ModelCard.Table(models, aliases), json => Write(json, models, aliases));
            return ExitCodes.Done;
        }));
        return command;
    }

    /// <param name="can">Words with commas between; null for none.</param>
    /// <exception cref="KinoraException"><c>invalid_request</c>: a word that is none.</exception>
    public static ModelFilter Filter(string? kind, string? search, string? can)
    {
        var words = can?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return words.Except(ModelFilter.Words).FirstOrDefault() is { } unknown
            ? throw KinoraException.Invalid([new Fault("can", string.Create(CultureInfo.InvariantCulture, $"\"{(unknown.Length > 80 ? unknown[..80] : unknown)}\" is nothing to ask for. Known words: {string.Join(", ", ModelFilter.Words)}."))])
            : new ModelFilter(kind switch { "video" => MediaKind.Video, "image" => MediaKind.Image, _ => null }, search, words);
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
