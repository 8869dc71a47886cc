using System.Text.Json;
using Kinora.Server.Schema;

namespace Kinora.Server.Api;

/// <summary>A value that the original's clients send as text and others as a number, such as <c>"8"</c> or <c>8</c>; read as its text.</summary>
internal sealed record TextOrNumberParam(string Name) : Param(Name)
{
    private const int Longest = 20;

    public string? Default { get; init; }

    public override object? DefaultValue => Default;

    public override string Allowed => "a number, or a text with one";

    public override bool IsOfItsType(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    public override object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 and <= Longest } text ? text : null,
        JsonValueKind.Number => value.GetRawText() is { Length: <= Longest } number ? number : null,
        _ => null,
    };

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("number");
        json.WriteEndArray();
        if (Default is not null)
        {
            json.WriteString("default", Default);
        }
    }
}
