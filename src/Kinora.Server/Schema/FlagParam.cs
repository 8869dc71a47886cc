using System.Text.Json;

namespace Kinora.Server.Schema;

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
