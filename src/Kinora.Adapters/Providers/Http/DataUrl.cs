using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Http;

/// <summary>A file to be sent within JSON.</summary>
[JsonConverter(typeof(DataUrlWriter))]
internal sealed record DataUrl(string MimeType, byte[] Bytes)
{
    public static async Task<DataUrl> OfAsync(string path, string mimeType, CancellationToken cancel) => new(mimeType, await File.ReadAllBytesAsync(path, cancel));

    /// <summary>A picture of a request.</summary>
    public static async Task<DataUrl> OfAsync(Submission submission, InputImage picture, CancellationToken cancel) =>
        await OfAsync(await submission.Inputs.PathAsync(picture, cancel), picture.MimeType, cancel);
}

/// <summary>Writes a data URL without a string in between.</summary>
internal sealed class DataUrlWriter : JsonConverter<DataUrl>
{
    public override DataUrl Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new JsonException("Only written.");

    public override void Write(Utf8JsonWriter writer, DataUrl value, JsonSerializerOptions options)
    {
        var head = System.Text.Encoding.ASCII.GetBytes($"\"data:{value.MimeType};base64,");
        var text = new byte[head.Length + Base64.GetMaxEncodedToUtf8Length(value.Bytes.Length) + 1];
        head.CopyTo(text, 0);
        Base64.EncodeToUtf8(value.Bytes, text.AsSpan(head.Length), out _, out _);
        text[^1] = (byte)'"';
        writer.WriteRawValue(text, skipInputValidation: true);
    }
}
