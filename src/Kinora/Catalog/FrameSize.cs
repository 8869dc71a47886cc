using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinora.Catalog;

/// <summary>Width and height in pixels, written <c>1280x720</c>.</summary>
[JsonConverter(typeof(FrameSizeJsonConverter))]
public readonly record struct FrameSize(int Width, int Height)
{
    public long Pixels => (long)Width * Height;

    /// <summary>The ratio in lowest terms, <c>16:9</c>.</summary>
    public string Ratio
    {
        get
        {
            var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(Width, Height);
            return divisor == 0 ? "0:0" : string.Create(CultureInfo.InvariantCulture, $"{Width / divisor}:{Height / divisor}");
        }
    }

    /// <summary>Reads <c>1280x720</c> (also <c>1280X720</c>, <c>1280×720</c>): two positive whole numbers of at most five digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out FrameSize size)
    {
        size = default;
        var parts = text?.Trim().Split('x', 'X', '×');
        if (parts is not { Length: 2 } || !TrySide(parts[0], out var width) || !TrySide(parts[1], out var height))
        {
            return false;
        }

        size = new FrameSize(width, height);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    private static bool TrySide(string text, out int side)
    {
        side = 0;
        return text.Length is > 0 and <= 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side > 0;
    }
}

/// <summary>Writes a size as <c>1280x720</c>.</summary>
public sealed class FrameSizeJsonConverter : JsonConverter<FrameSize>
{
    public override FrameSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FrameSize.TryParse(reader.GetString(), out var size) ? size : throw new JsonException("A size is written 1280x720.");

    public override void Write(Utf8JsonWriter writer, FrameSize value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
