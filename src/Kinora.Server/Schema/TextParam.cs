using System.Text.Json;

namespace Kinora.Server.Schema;

/// <summary>A text, free or one of <see cref="Choices"/>.</summary>
internal sealed record TextParam(string Name) : Param(Name)
{
    /// <summary>Upper limit of everything that is not a picture: longer than any prompt of any model.</summary>
    public const int LongestText = 32_000;

    public int MinLength { get; init; } = 1;

    public int MaxLength { get; init; } = 1_000;

    /// <summary>Whether the schema states the length; only worth its bytes where callers come near it.</summary>
    public bool ShowLength { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = [];

    public string? Default { get; init; }

    /// <summary>Codes of refusals that come from what this parameter names (an id, a file): the answer then says which parameter it was.</summary>
    public IReadOnlyList<string> BlamedFor { get; init; } = [];

    /// <summary>Null where no tool lists what it may name.</summary>
    public FoundBy? FoundBy { get; init; }

    public override object? DefaultValue => Default;

    public override string Allowed => Choices.Count > 0
        ? "one of " + string.Join(", ", Choices.Select(c => $"\"{c}\""))
        : MinLength == 0 ? FormattableString.Invariant($"text of at most {MaxLength:N0} characters")
        : FormattableString.Invariant($"text of {MinLength} to {MaxLength:N0} characters");

    public override bool IsOfItsType(JsonElement value) => value.ValueKind == JsonValueKind.String;

    public override object? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = ReadText(value);
        return text is null ? null
            : Choices.Count > 0 ? (Choices.Contains(text) ? text : null)
            : text.Length >= MinLength && text.Length <= MaxLength ? text : null;
    }

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteString("type", "string");
        if (Choices.Count > 0)
        {
            json.WriteStartArray("enum");
            foreach (var choice in Choices)
            {
                json.WriteStringValue(choice);
            }

            json.WriteEndArray();
        }

        if (ShowLength)
        {
            json.WriteNumber("minLength", MinLength);
            json.WriteNumber("maxLength", MaxLength);
        }

        if (Default is not null)
        {
            json.WriteString("default", Default);
        }
    }

    /// <summary>Null for a string that is no valid Unicode (half a surrogate pair written as an escape).</summary>
    private static string? ReadText(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>A list of texts, each under the rules of <paramref name="Item"/>.</summary>
internal sealed record TextListParam(string Name, TextParam Item, int Most) : Param(Name)
{
    public override string Allowed => $"a list of at most {Most}, each {Item.Allowed}";

    public override bool IsOfItsType(JsonElement value) => value.ValueKind == JsonValueKind.Array;

    public override object? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > Most)
        {
            return null;
        }

        var texts = value.EnumerateArray().Select(Item.Read).OfType<string>().ToList();
        return texts.Count == value.GetArrayLength() ? texts : null;
    }

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WritePropertyName("items");
        Item.WriteSchema(json);
        json.WriteNumber("maxItems", Most);
    }
}
