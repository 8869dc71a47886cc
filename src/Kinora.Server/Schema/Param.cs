using System.Text.Json;

namespace Kinora.Server.Schema;

/// <summary>
/// One parameter of a tool: its JSON Schema and its check come from the same facts, so that what is advertised is what is enforced.
/// </summary>
/// <param name="Name">As callers write it.</param>
internal abstract record Param(string Name)
{
    /// <summary>Only where the name does not say it: words cost every caller of tools/list.</summary>
    public string? About { get; init; }

    public bool Required { get; init; }

    /// <summary>What a refusal says is allowed, e.g. <c>text of 1 to 100 characters</c>.</summary>
    public abstract string Allowed { get; }

    /// <summary>Writes the schema object of this parameter.</summary>
    public void WriteSchema(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteRules(json);
        if (About is not null)
        {
            json.WriteString("description", About);
        }

        json.WriteEndObject();
    }

    /// <summary>The value to use when the caller gives none; null for none.</summary>
    public virtual object? DefaultValue => null;

    /// <summary>The parsed value, or null when it is not allowed.</summary>
    public abstract object? Read(JsonElement value);

    /// <summary>Whether a value that is not allowed is at least of the right JSON type.</summary>
    public abstract bool IsOfItsType(JsonElement value);

    protected abstract void WriteRules(Utf8JsonWriter json);
}

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

/// <summary>A whole number.</summary>
internal sealed record IntegerParam(string Name, long Min, long Max) : Param(Name)
{
    public long? Default { get; init; }

    /// <summary>Set where clients of the original send fractions such as <c>10.0</c> and read <c>number</c> in the schema.</summary>
    public string SchemaType { get; init; } = "integer";

    public bool ShowRange { get; init; } = true;

    public override object? DefaultValue => Default;

    public override string Allowed => ShowRange || Min >= 0 ? FormattableString.Invariant($"a whole number from {Min} to {Max}") : "a whole number";

    public override bool IsOfItsType(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    public override object? Read(JsonElement value) =>
        value.ValueKind != JsonValueKind.Number ? null
        : value.TryGetInt64(out var number) || (value.TryGetDouble(out var real) && Whole(real, out number)) ? (number >= Min && number <= Max ? number : null)
        : null;

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteString("type", SchemaType);
        if (ShowRange)
        {
            json.WriteNumber("minimum", Min);
            json.WriteNumber("maximum", Max);
        }

        if (Default is { } value)
        {
            json.WriteNumber("default", value);
        }
    }

    /// <summary>JSON knows one kind of number: 10.0 is 10.</summary>
    private static bool Whole(double real, out long number)
    {
        number = Math.Abs(real) < 1L << 53 ? (long)real : 0;
        return number == real;
    }
}

/// <summary>A number with a fraction, e.g. of dollars.</summary>
internal sealed record NumberParam(string Name, decimal Min, decimal Max) : Param(Name)
{
    public override string Allowed => FormattableString.Invariant($"a number from {Min} to {Max}");

    public override bool IsOfItsType(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    public override object? Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= Min && number <= Max ? number : null;

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteString("type", "number");
        json.WriteNumber("minimum", Min);
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

/// <summary>An object with fields of its own.</summary>
internal sealed record ObjectParam(string Name, params IReadOnlyList<Param> Fields) : Param(Name)
{
    /// <summary>Names of fields of which at most one may be given.</summary>
    public IReadOnlyList<string> OnlyOneOf { get; init; } = [];

    /// <summary>In forms a file may come under this name instead.</summary>
    public bool OrFile { get; init; }

    public override string Allowed => $"{(OrFile ? "a file, or " : "")}an object with {string.Join(", ", Fields.Select(f => f.Name))}";

    public override bool IsOfItsType(JsonElement value) => value.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it is one; <see cref="GivenArguments"/> reads the fields, and tells their faults.</summary>
    public override object? Read(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value : null;

    protected override void WriteRules(Utf8JsonWriter json) => WriteObject(json, Fields);

    internal static void WriteObject(Utf8JsonWriter json, IReadOnlyList<Param> fields)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            field.WriteSchema(json);
        }

        json.WriteEndObject();
        if (fields.Any(f => f.Required))
        {
            json.WriteStartArray("required");
            foreach (var field in fields.Where(f => f.Required))
            {
                json.WriteStringValue(field.Name);
            }

            json.WriteEndArray();
        }

        json.WriteBoolean("additionalProperties", false);
    }
}

/// <summary>A list of such objects.</summary>
internal sealed record ObjectListParam(string Name, int Most, params IReadOnlyList<Param> Fields) : Param(Name)
{
    public override string Allowed => $"a list of at most {Most} objects with {string.Join(", ", Fields.Select(f => f.Name))}";

    public override bool IsOfItsType(JsonElement value) => value.ValueKind == JsonValueKind.Array;

    /// <summary>Whether it is one; <see cref="GivenArguments"/> reads the objects, and tells their faults.</summary>
    public override object? Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= Most && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Object) ? value : null;

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        ObjectParam.WriteObject(json, Fields);
        json.WriteEndObject();
        json.WriteNumber("maxItems", Most);
    }
}

/// <summary>True or false.</summary>
internal sealed record FlagParam(string Name) : Param(Name)
{
    public bool? Default { get; init; } = false;

    public override object? DefaultValue => Default;

    public override string Allowed => "true or false";

    public override bool IsOfItsType(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    public override object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteString("type", "boolean");
        if (Default is { } value)
        {
            json.WriteBoolean("default", value);
        }
    }
}
