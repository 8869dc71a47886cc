using System.Text.Json;

namespace Kinora.Server.Schema;

/// <summary>
/// The JSON Schema of a result. Fields that may be missing are optional, never nullable: unions with null are refused by some clients
/// (strict mode of the official Inspector, 2026-11).
/// </summary>
internal abstract record Shape
{
    public static Shape Text { get; } = new Plain("string");

    public static Shape Integer { get; } = new Plain("integer");

    public static Shape Number { get; } = new Plain("number");

    public static Shape Flag { get; } = new Plain("boolean");

    public static Shape OneOf(params string[] words) => new Words(words);

    public static Shape List(Shape items) => new Sequence(items);

    /// <summary>An object whose names are data.</summary>
    public static Shape Map(Shape values) => new Named(values);

    /// <summary>A field whose name ends in <c>?</c> may be missing.</summary>
    public static Shape Object(params (string Name, Shape Shape)[] fields) => new Fields(fields);

    /// <summary>No rule: for fields of originals that are text or null.</summary>
    public static Shape Anything { get; } = new Free();

    public abstract void Write(Utf8JsonWriter json);

    private sealed record Plain(string Type) : Shape
    {
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            json.WriteEndObject();
        }
    }

    private sealed record Free : Shape
    {
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }

    private sealed record Words(string[] Allowed) : Shape
    {
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "string");
            json.WriteStartArray("enum");
            foreach (var word in Allowed)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private sealed record Sequence(Shape Items) : Shape
    {
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "array");
            json.WritePropertyName("items");
            Items.Write(json);
            json.WriteEndObject();
        }
    }

    private sealed record Named(Shape Values) : Shape
    {
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WritePropertyName("additionalProperties");
            Values.Write(json);
            json.WriteEndObject();
        }
    }

    private sealed record Fields((string Name, Shape Shape)[] All) : Shape
    {
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var (name, shape) in All)
            {
                json.WritePropertyName(name.TrimEnd('?'));
                shape.Write(json);
            }

            json.WriteEndObject();
            var required = All.Where(f => !f.Name.EndsWith('?')).ToList();
            if (required.Count > 0)
            {
                json.WriteStartArray("required");
                foreach (var (name, _) in required)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }
    }
}
