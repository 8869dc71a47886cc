using System.CommandLine;
using System.Text.Json;
using Kinora.Catalog;

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
                var found = await catalog.DescribeAsync(one, ModelFilter.Read(parsed.GetValue(kind), null, null).Kind, cancel);
                context.Answer(ModelCard.Of(found), json => JsonSerializer.Serialize(json, found, CliJson.Default.ModelInfo));
                return ExitCodes.Done;
            }

            var filter = ModelFilter.Read(parsed.GetValue(kind), parsed.GetValue(find), parsed.GetValue(can));
            var models = (await catalog.ListAsync(cancel)).Where(filter.Matches).ToList();
            var aliases = await catalog.AliasesAsync(kind: null, cancel);
            context.Answer(ModelCard.Table(models, aliases), json => Write(json, models, aliases));
            return ExitCodes.Done;
        }));
        return command;
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
