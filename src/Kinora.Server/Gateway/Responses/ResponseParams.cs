using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Gateway.Images;
using Kinora.Server.Schema;

namespace Kinora.Server.Gateway.Responses;

/// <summary>What is asked of a response.</summary>
/// <param name="Previous">The job of <c>previous_response_id</c>.</param>
/// <param name="Calls">Earlier pictures that its input names.</param>
internal sealed record ResponseOrder(GenerationDraft Draft, bool Background, bool Stream, JobId? Previous, IReadOnlyList<ImageId> Calls);

/// <summary>OpenAI's requests for responses with its image tool (openai-node 7.57.0, <c>ResponseCreateParams</c>, <c>Tool.ImageGeneration</c>), and what they become.</summary>
internal static class ResponseParams
{
    private const int MostLabels = 16;
    private const int LongestLabelName = 64;
    private const int LongestLabel = 512;

    private static readonly ObjectListParam _tools = new(
        "tools", 1,
        [
            new TextParam("type") { Choices = ["image_generation"], Required = true }, new TextParam("action") { Choices = ["auto", "generate", "edit"] }, ImageParams.Model, ImageParams.Size,
            new TextParam("quality") { Choices = ImageWords.Qualities }, ImageParams.Background, ImageParams.Format, GatewayParams.Picture("input_image_mask"), .. ImageParams.WithoutEffect,
        ])
    {
        Required = true,
        About = "One tool: image_generation",
    };

    /// <summary>Those that are about texts, which nobody writes here.</summary>
    private static readonly Param[] _ofTexts =
    [
        new NumberParam("temperature", 0, 2), new NumberParam("top_p", 0, 1), new IntegerParam("max_output_tokens", 1, int.MaxValue), new IntegerParam("max_tool_calls", 1, int.MaxValue),
        new IntegerParam("top_logprobs", 0, 20), new TextParam("truncation") { Choices = ["auto", "disabled"] }, new TextParam("service_tier"), new TextParam("prompt_cache_key"),
        new TextParam("prompt_cache_retention"), new TextParam("user"), new TextParam("safety_identifier"), new TextListParam("include", new TextParam("include"), 20), new JsonParam("reasoning", "object"),
        new JsonParam("text", "object"), new JsonParam("stream_options", "object"), new FlagParam("parallel_tool_calls") { Default = null },
    ];

    public static ApiBody Body { get; } = GatewayParams.Body(
        """{"model":"gpt-5.6","input":"A red kite over dunes","tools":[{"type":"image_generation","size":"1024x1024"}],"background":true}""",
        [],
        [
            new TextParam("model") { MaxLength = 200, About = "A chat model: told again, and without effect. What makes the picture is named in the tool" },
            new JsonParam("input", "string", "array") { Required = true, About = "Text, or a list of messages and of earlier image_generation_calls" },
            _tools,
            new JsonParam("tool_choice", "string", "object") { About = "auto, required or {\"type\":\"image_generation\"}: always a picture" },
            new TextParam("previous_response_id") { MaxLength = 100, About = "Goes on from its picture" },
            new TextParam("instructions") { MaxLength = TextParam.LongestText },
            new FlagParam("background") { Default = null, About = "Answers at once; look again with GET" },
            new FlagParam("store") { Default = null },
            new FlagParam("stream") { Default = null, About = "Server-sent events" },
            new JsonParam("metadata", "object") { About = FormattableString.Invariant($"At most {MostLabels} texts under names of at most {LongestLabelName} characters, each of at most {LongestLabel}") },
            .. _ofTexts,
        ]) with
    {
        Form = false,
    };

    /// <exception cref="KinoraException">What can be told before the model is known.</exception>
    public static ResponseOrder Read(ApiCall call)
    {
        var given = call.Arguments;
        var tool = given.Objects("tools") is [var one] ? one : throw Wrong("tools", "tools must hold the tool image_generation.", FaultKind.Missing);
        var (background, previous) = (IsSet(given, "background"), Previous(given));
        if (background && given.Has("store") && !given.Flag("store"))
        {
            throw Wrong("background", "background needs store: a response that nobody may keep cannot be looked at again.");
        }

        var turn = TurnInput.Read(given.JsonOrNull("input")!.Value);
        var draft = Draft(call, tool, turn, previous);
        var note = new ResponseNote
        {
            Model = given.TextOrNull("model"),
            Background = background,
            Previous = previous is { } before ? ResponseIds.Of(before) : null,
            Metadata = Metadata(given),
            Tool = Echo(tool),
            ToolChoice = ToolChoice(given),
        };
        return new ResponseOrder(draft with { DoorNote = note.ToString() }, background, IsSet(given, "stream"), previous, turn.Calls);
    }

    private static GenerationDraft Draft(ApiCall call, GivenArguments tool, TurnInput turn, JobId? previous)
    {
        var given = call.Arguments;
        var anew = tool.TextOrNull("action") == "generate";
        ImageId? source = anew ? null : turn.Calls is [.., var last] ? last : previous is { } job ? new ImageId(job, 0) : null;
        if (tool.TextOrNull("action") == "edit" && source is null && turn.Pictures.Count == 0)
        {
            throw Wrong("tools[0].action", "edit needs a picture: an input_image, an earlier image_generation_call or previous_response_id.");
        }

        var instructions = turn.Instructions.Prepend(given.TextOrNull("instructions")).Where(i => i is not null).ToList();
        return GatewayParams.Complete(call, new GenerationDraft
        {
            Kind = MediaKind.Image,
            Prompt = turn.Words,
            Instructions = instructions.Count > 0 ? string.Join('\n', instructions) : null,
            Model = tool.TextOrNull("model"),
            Size = tool.TextOrNull("size"),
            Quality = tool.TextOrNull("quality"),
            Background = tool.TextOrNull("background"),
            Format = tool.TextOrNull("output_format"),
            SourceId = source?.ToString(),
            References = [.. turn.Pictures, .. anew ? [] : turn.Calls.SkipLast(1).Select(earlier => new ImageSource.Made("input", earlier.ToString()))],
            Mask = tool.Object("input_image_mask") is { } mask ? GatewayParams.ReadPicture("tools[0].input_image_mask", mask) : null,
            Warnings = [.. Warnings(given, tool, turn, anew && (previous is not null || turn.Calls.Count > 0))],
        });
    }

    private static IEnumerable<string> Warnings(GivenArguments given, GivenArguments tool, TurnInput turn, bool anew)
    {
        foreach (var warning in TakenWithoutEffect.Warnings(given, "", [.. _ofTexts.Where(p => p.Name != "parallel_tool_calls").Select(p => (p.Name, (string?)null))])
            .Concat(TakenWithoutEffect.Warnings(tool, "tools[0].", ImageParams.Usual)))
        {
            yield return warning;
        }

        if (given.Has("store") && !given.Flag("store"))
        {
            yield return "store: what is made here is kept until it is deleted.";
        }

        if (turn.HasAnswers)
        {
            yield return "input: words of an assistant are not read; earlier pictures are gone on from by their ids.";
        }

        if (anew)
        {
            yield return "tools[0].action: generate begins anew; earlier pictures are not gone on from.";
        }
    }

    private static JobId? Previous(GivenArguments given) =>
        given.TextOrNull("previous_response_id") is not { } text ? null
        : ResponseIds.TryParse(text, out var job) ? job
        : throw Lost("previous_response_id", "Previous response with this id not found.");

    /// <summary>What a request goes on from and nobody has, or another.</summary>
    public static KinoraException Lost(string field, string text) => new(ErrorCodes.NotFound, text) { Faults = [new Fault(field, text, ErrorCodes.NotFound)] };

    private static JsonObject Metadata(GivenArguments given)
    {
        var labels = new JsonObject();
        foreach (var label in given.JsonOrNull("metadata")?.EnumerateObject() ?? default)
        {
            if (labels.Count == MostLabels || label.Name.Length > LongestLabelName || label.Value.ValueKind != JsonValueKind.String || label.Value.GetString()!.Length > LongestLabel)
            {
                throw Wrong("metadata", FormattableString.Invariant(
                    $"metadata holds at most {MostLabels} texts under names of at most {LongestLabelName} characters, each of at most {LongestLabel}."));
            }

            labels[label.Name] = label.Value.GetString();
        }

        return labels;
    }

    private static JsonNode ToolChoice(GivenArguments given) => given.JsonOrNull("tool_choice") switch
    {
        null => "auto",
        { ValueKind: JsonValueKind.String } word when word.GetString() is "auto" or "required" => word.GetString()!,
        { ValueKind: JsonValueKind.Object } tool when tool.EnumerateObject().ToList() is [{ Name: "type", Value.ValueKind: JsonValueKind.String } type] && type.Value.GetString() == "image_generation"
            => new JsonObject { ["type"] = "image_generation" },
        _ => throw Wrong("tool_choice", """tool_choice must be "auto", "required" or {"type":"image_generation"}: every response here is a picture."""),
    };

    /// <summary>The tool as it was sent; its mask may be megabytes.</summary>
    private static JsonObject Echo(GivenArguments tool)
    {
        var echo = new JsonObject();
        foreach (var field in _tools.Fields.Where(f => tool.Has(f.Name)))
        {
            if (field is not ObjectParam)
            {
                echo[field.Name] = field is IntegerParam ? tool.Integer(field.Name) : tool.Text(field.Name);
            }
        }

        return echo;
    }

    private static bool IsSet(GivenArguments given, string name) => given.Has(name) && given.Flag(name);

    private static KinoraException Wrong(string field, string text, FaultKind kind = FaultKind.Value) => KinoraException.Invalid([new Fault(field, text) { Kind = kind }]);
}
