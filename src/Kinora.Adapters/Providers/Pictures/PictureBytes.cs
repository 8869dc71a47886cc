using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinora.Adapters.Providers.Pictures;

/// <summary>
/// Reads base64, bare or as a data URL, straight from the UTF-8 answer: a picture of many megabytes is never a string here. What is no base64 comes out as
/// it stands: it was paid like any other, and the engine says of it that it is no picture.
/// </summary>
internal sealed class PictureBytes : JsonConverter<byte[]>
{
    public override byte[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        return reader.TryGetBytesFromBase64(out var bytes) ? bytes : OfDataUrl(reader.ValueSpan) ?? reader.ValueSpan.ToArray();
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);

    /// <summary>The bytes of <c>data:…;base64,…</c>; null when it is none.</summary>
    public static byte[]? OfDataUrl(ReadOnlySpan<byte> text)
    {
        var comma = text.IndexOf((byte)',');
        if (comma < 0 || !text.StartsWith("data:"u8) || !text[..comma].EndsWith(";base64"u8))
        {
            return null;
        }

        var encoded = text[(comma + 1)..];
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        return Base64.DecodeFromUtf8(encoded, bytes, out var read, out var written) == System.Buffers.OperationStatus.Done && read == encoded.Length ? bytes[..written] : null;
    }
}
