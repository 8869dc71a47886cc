using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Transport;

/// <summary>Reads and writes JSON-RPC messages, and says exactly what is wrong with bytes that are none.</summary>
internal static class JsonRpcText
{
    /// <summary>Longest message, in bytes. Larger pictures come by file name or URL.</summary>
    public const int MaxBytes = 4 << 20;

    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;

    // Of two properties of one name each reader might take another one, and some throw.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>For writing.</summary>
    public static JsonTypeInfo<JsonRpcMessage> TypeInfo { get; } = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonRpcMessage? message, [NotNullWhen(false)] out JsonRpcError? error)
    {
        try
        {
            RequireReadable(json);
            message = JsonSerializer.Deserialize(json, TypeInfo);
            error = message is null ? Error(default, InvalidRequest, "A JSON-RPC message is an object.") : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            message = null;
            error = Explain(json, fault);
        }

        return message is not null;
    }

    public static JsonRpcError Error(RequestId id, int code, string text) => new() { Id = id, Error = new JsonRpcErrorDetail { Code = code, Message = text } };

    public static JsonRpcError TooLong() => Error(
        default, InvalidRequest, $"The message is longer than {MaxBytes >> 20} MiB. Give large pictures as a file of the reference folder or as a URL.");

    /// <summary>The parser of messages leaves what lies deep in them for later; then it is too late for an answer that says what is wrong.</summary>
    private static void RequireReadable(ReadOnlySpan<byte> json)
    {
        _ = Parse(json);

        // Half of a surrogate pair can only be written as an escape.
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json) => Utf8.IsValid(json) ? JsonElement.Parse(json, Strict) : throw new JsonException("not UTF-8");

    private static JsonRpcError Explain(ReadOnlySpan<byte> json, Exception why)
    {
        try
        {
            var message = Parse(json);
            return message.ValueKind switch
            {
                JsonValueKind.Array => Error(default, InvalidRequest, "Batches are not part of the protocol; send one message at a time."),
                // No reader can take it for text, and nothing is mended silently.
                JsonValueKind.Object when why is InvalidOperationException => Error(
                    Id(message), InvalidRequest, "A text in this message is not valid Unicode: half of a surrogate pair (\\ud800 to \\udfff) stands alone."),
                JsonValueKind.Object => Error(
                    Id(message), InvalidRequest, "This is no JSON-RPC 2.0 message: \"jsonrpc\": \"2.0\", a \"method\", and an \"id\" of text or a whole number are needed."),
                _ => Error(default, InvalidRequest, "A JSON-RPC message is an object."),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Error(default, ParseError, "The message is not valid JSON: malformed, nested too deeply, not UTF-8, or with a property twice.");
        }
    }

    private static RequestId Id(JsonElement message)
    {
        if (!message.TryGetProperty("id", out var id))
        {
            return default;
        }

        try
        {
            return id.ValueKind switch
            {
                JsonValueKind.String => new RequestId(id.GetString()!),
                JsonValueKind.Number when id.TryGetInt64(out var number) => new RequestId(number),
                _ => default,
            };
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
