using System.Text.Json;

namespace Kinora.Server.Schema;

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
