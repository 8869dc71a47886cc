using System.Text.Json;

namespace Kinora.Server.Schema;

/// <summary>A value that may be text, an object or a list, each with rules of its own: whoever asks for it reads it.</summary>
/// <param name="Types">The words of JSON Schema for what it may be.</param>
internal sealed record JsonParam(string Name, params IReadOnlyList<string> Types) : Param(Name)
{
    /// <summary>Most items, where it is a list.</summary>
    public int Most { get; init; } = 100;

    public override string Allowed => About ?? string.Join(" or ", Types);

    public override bool IsOfItsType(JsonElement value) => Types.Contains(value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        JsonValueKind.Number => "number",
        _ => "boolean",
    });

    public override object? Read(JsonElement value) => IsOfItsType(value) && (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= Most) ? value : null;

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        foreach (var type in Types)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
        if (Types.Contains("array"))
        {
            json.WriteStartObject("items");
            json.WriteString("type", "object");
            json.WriteEndObject();
            json.WriteNumber("maxItems", Most);
        }
    }
}
