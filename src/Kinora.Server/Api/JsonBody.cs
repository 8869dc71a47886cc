using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Kinora.Errors;

namespace Kinora.Server.Api;

/// <summary>A body of JSON, read whole and found to be sound, so that nothing in it can surprise whoever takes a value out of it.</summary>
internal static class JsonBody
{
    private const int MaxDepth = 32;

    // Of two fields of one name each reader might take another one.
    public static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>The object that the body is.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>: it is none.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream(capacity: request.Body.CanSeek ? (int)request.Body.Length : 0);
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        var json = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        var document = Parse(json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw new KinoraException(ErrorCodes.InvalidRequest, "The body must be a JSON object: { … }.");
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            RequireUnicode(json.Span);
            return JsonDocument.Parse(json, Strict);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new KinoraException(ErrorCodes.InvalidRequest, "The body is not valid JSON: it is malformed, nested too deeply, not UTF-8, or names a field twice.", fault.Message, fault);
        }
    }

    /// <summary>The parser leaves texts for later; then it is too late for an answer that says what is wrong.</summary>
    private static void RequireUnicode(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException("not UTF-8");
        }

        // Half of a surrogate pair can only be written as an escape.
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
        }
    }
}
