using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinora.Adapters.Providers.Http;

/// <summary>A value that some servers write as text and others as a number. Anything else reads as null.</summary>
internal sealed class LooseText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>A number, also as text ("76%"); null when it is none.</summary>
internal sealed class LooseNumber : JsonConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;
            case JsonTokenType.String:
                return double.TryParse(reader.GetString()?.Trim().TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && double.IsFinite(parsed)
                    ? parsed
                    : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options) => writer.WriteNumberValue(value ?? 0);
}

/// <summary>Readings of foreign figures, as they vary from provider to provider.</summary>
internal static class Loose
{
    /// <summary>Progress written as 0 to 100, or as a fraction with a decimal part, to 0..1. Exactly 1 is one percent.</summary>
    public static double? Percent(double? value) => value switch
    {
        null => null,
        > 0 and < 1 => value,
        _ => Math.Clamp(value.Value / 100, 0, 1),
    };

    /// <summary>Unix seconds or milliseconds (above 10^11).</summary>
    public static DateTimeOffset? Time(double? value) => value switch
    {
        > 1e11 and < 2e14 => DateTimeOffset.FromUnixTimeMilliseconds((long)value.Value),
        > 0 and <= 1e11 => DateTimeOffset.FromUnixTimeSeconds((long)value.Value),
        _ => null,
    };

    /// <summary>True for an id that can be put into a path. One of dots alone would climb out of its folder however it is escaped.</summary>
    public static bool IsPathId(string? id) =>
        id is { Length: > 0 and <= 512 } && id.Any(letter => letter != '.') && !id.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || char.IsSurrogate(letter));
}
