using System.Text.Json;

namespace Kinora.Adapters.Providers.Http;

/// <summary>
/// Walks through JSON whose shape nobody promised: what is not there, is of another kind, or is no text although it is written as one (half a surrogate pair), is
/// nothing.
/// </summary>
internal static class LooseElements
{
    /// <summary>JSON as it is; undefined when it is none.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The value of a field; undefined where there is none.</summary>
    public static JsonElement At(this JsonElement part, string name)
    {
        try
        {
            return part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>The values of a list; none where it is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement part) => part.ValueKind == JsonValueKind.Array ? part.EnumerateArray() : [];

    /// <summary>The fields of an object; none where it is no object.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Fields(this JsonElement part)
    {
        foreach (var field in part.ValueKind == JsonValueKind.Object ? part.EnumerateObject() : default)
        {
            if (Try(() => field.Name) is { } name)
            {
                yield return (name, field.Value);
            }
        }
    }

    /// <summary>A text, or a number as it is written; null for anything else.</summary>
    public static string? Text(this JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => Try(part.GetString),
        JsonValueKind.Number => part.GetRawText(),
        _ => null,
    };

    /// <summary>A number; null for anything else, and for one that is too large.</summary>
    public static double? Number(this JsonElement part) => part.ValueKind == JsonValueKind.Number && part.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Yes or no; null for anything else.</summary>
    public static bool? Flag(this JsonElement part) => part.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    /// <summary>The texts of a list, without what is none.</summary>
    public static IEnumerable<string> Texts(this JsonElement part) => part.Items().Select(item => item.Text()).OfType<string>();

    private static string? Try(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
