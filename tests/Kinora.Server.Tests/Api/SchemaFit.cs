using System.Text.Json;

namespace Kinora.Server.Tests.Api;

/// <summary>Whether a value keeps to a schema, for the words of JSON Schema that our documents use; another word is a fault, not a rule overlooked.</summary>
internal static class SchemaFit
{
    private static readonly string[] _words =
        ["type", "enum", "properties", "required", "additionalProperties", "items", "maxItems", "minimum", "maximum", "minLength", "maxLength", "default", "description", "format"];

    public static IReadOnlyList<string> Faults(JsonElement schema, JsonElement value, string at = "$")
    {
        var faults = schema.EnumerateObject().Select(w => w.Name).Except(_words).Select(w => $"{at}: the schema says {w}, which is not looked at").ToList();
        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : Enumerable.Repeat(type, 1)).Any(t => Is(value, t.GetString()!)))
        {
            faults.Add($"{at}: {value.ValueKind} is no {type}");
            return faults;
        }

        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => w.GetString() == value.GetString()))
        {
            faults.Add($"{at}: {value} is none of {words}");
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            faults.AddRange(OfObject(schema, value, at));
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            faults.AddRange(value.EnumerateArray().SelectMany((item, i) => Faults(items, item, FormattableString.Invariant($"{at}[{i}]"))));
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            faults.AddRange(schema.TryGetProperty("minimum", out var least) && value.GetDecimal() < least.GetDecimal() ? [$"{at}: {value} is too little"] : []);
            faults.AddRange(schema.TryGetProperty("maximum", out var most) && value.GetDecimal() > most.GetDecimal() ? [$"{at}: {value} is too much"] : []);
        }

        return faults;
    }

    private static IEnumerable<string> OfObject(JsonElement schema, JsonElement value, string at)
    {
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        var missing = schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{at}.{r}: is missing") : [];
        var closed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
        return missing.Concat(value.EnumerateObject().SelectMany(field =>
            properties.TryGetProperty(field.Name, out var inner) ? Faults(inner, field.Value, $"{at}.{field.Name}") : closed ? [$"{at}.{field.Name}: is unknown"] : []));
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
