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
