using System.Text.Json;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Schema;

namespace Kinora.Server.Gateway.Responses;

/// <summary>What the <c>input</c> of a response brings (openai-node 7.57.0, <c>ResponseInput</c>): words of its user, pictures, and earlier pictures by their ids.</summary>
internal sealed class TurnInput
{
    private const string What = "This request";
    private const int MostPictures = 16;
    private const int MostParts = 100;

    private readonly List<string> _words = [];
    private readonly List<string> _instructions = [];
    private readonly List<ImageSource> _pictures = [];
    private readonly List<ImageId> _calls = [];

    /// <summary>All texts of the user, one a line.</summary>
    public string Words => string.Join('\n', _words);

    /// <summary>Those of the system or developer.</summary>
    public IReadOnlyList<string> Instructions => _instructions;

    public IReadOnlyList<ImageSource> Pictures => _pictures;

    /// <summary>Pictures that were made here, in the order they are named in.</summary>
    public IReadOnlyList<ImageId> Calls => _calls;

    /// <summary>There are words of an assistant, which nobody here reads.</summary>
    public bool HasAnswers { get; private set; }

    /// <exception cref="KinoraException"><c>invalid_request</c>: the first thing that is wrong, with where it is.</exception>
    public static TurnInput Read(JsonElement input)
    {
        var turn = new TurnInput();
        if (input.ValueKind == JsonValueKind.String)
        {
            turn._words.Add(input.GetString()!);
            return turn;
        }

        foreach (var (item, at) in input.EnumerateArray().Select((item, i) => (item, FormattableString.Invariant($"input[{i}]"))))
        {
            turn.AddItem(item, at);
        }

        return turn._pictures.Count + turn._calls.Count <= MostPictures
            ? turn
            : throw Wrong("input", $"input holds {turn._pictures.Count + turn._calls.Count} pictures; at most {MostPictures} are taken.");
    }

    private void AddItem(JsonElement item, string at)
    {
        switch (TypeOf(item, at) ?? "message")
        {
            case "message":
                AddMessage(item, at);
                break;
            case "image_generation_call":
            case "item_reference":
                // Clients give back whole items of earlier answers; all but the id is known here.
                _calls.Add(item.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && ResponseIds.TryParseCall(id.GetString(), out var picture)
                    ? picture
                    : throw Wrong(at + ".id", $"{at}.id must be the id of an earlier image_generation_call."));
                break;
            case "reasoning":
                break;
            case var other:
                throw Wrong(at + ".type", $"{at}.type must be message, image_generation_call, item_reference or reasoning, not {Shown(other)}.");
        }
    }

    private void AddMessage(JsonElement item, string at)
    {
        var message = ReadObject(item, at,
            new TextParam("type"), new TextParam("role") { Choices = ["user", "assistant", "system", "developer"], Required = true },
            new JsonParam("content", "string", "array") { Required = true, Most = MostParts }, new TextParam("id"), new TextParam("status"), new TextParam("phase"));
        var content = message.JsonOrNull("content")!.Value;
        if (message.Text("role") == "assistant")
        {
            HasAnswers = true;
            return;
        }

        var texts = message.Text("role") == "user" ? _words : _instructions;
        if (content.ValueKind == JsonValueKind.String)
        {
            texts.Add(content.GetString()!);
            return;
        }

        foreach (var (part, place) in content.EnumerateArray().Select((part, i) => (part, FormattableString.Invariant($"{at}.content[{i}]"))))
        {
            AddPart(part, place, texts);
        }
    }

    private void AddPart(JsonElement part, string at, List<string> texts)
    {
        switch (TypeOf(part, at))
        {
            case "input_text":
                texts.Add(ReadObject(part, at, new TextParam("type"), new TextParam("text") { MinLength = 0, MaxLength = TextParam.LongestText, Required = true }).Text("text"));
                break;
            case "input_image":
                _pictures.Add(GatewayParams.ReadPicture(at, ReadObject(part, at, [new TextParam("type"), new TextParam("detail"), .. GatewayParams.Picture(at).Fields])));
                break;
            case var other:
                throw Wrong(at + ".type", $"{at}.type must be input_text or input_image{(other is null ? "" : $", not {Shown(other)}")}.");
        }
    }

    private static GivenArguments ReadObject(JsonElement value, string at, params IReadOnlyList<Param> fields) =>
        GivenArguments.Read(What, [new ObjectParam(at, fields) { OnlyOneOf = ["image_url", "file_id"] }], [], new Dictionary<string, JsonElement> { [at] = value }).Object(at)!;

    private static string? TypeOf(JsonElement value, string at) =>
        value.ValueKind != JsonValueKind.Object ? throw Wrong(at, $"{at} must be an object.")
        : !value.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.String ? type.GetString()
        : throw Wrong(at + ".type", $"{at}.type must be text.");

    private static string Shown(string text) => "\"" + Mcp.Content.PlainText.Clean(text, 40) + "\"";

    private static KinoraException Wrong(string field, string text) => KinoraException.Invalid([new Fault(field, text)]);
}
