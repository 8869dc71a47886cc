using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kinora.Server.Api;

/// <summary>Answers in JSON, with the headers that all of them have.</summary>
internal static class ApiJson
{
    public static JsonWriterOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One buffer a thread: an answer is written and sent before the thread does anything else with it.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>What a person quotes and an operator finds in the log. No secret.</summary>
    public static string RequestId(HttpContext context) => "req_" + context.TraceIdentifier.Replace(":", "_", StringComparison.Ordinal);

    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = _buffer ?? new ArrayBufferWriter<byte>(4 << 10);
        _buffer = null;
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            write(json);
        }

        var response = context.Response;
        WriteHead(response, status);
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
        if (buffer.Capacity <= 256 << 10)
        {
            buffer.ResetWrittenCount();
            _buffer = buffer;
        }

        return response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    public static void WriteHead(HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <param name="row">Writes one value.</param>
    public static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> rows, Action<Utf8JsonWriter, T> row)
    {
        json.WriteStartArray(name);
        foreach (var item in rows)
        {
            row(json, item);
        }

        json.WriteEndArray();
    }
}
