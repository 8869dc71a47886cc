using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kinora.Adapters.Providers.Http;

/// <summary>An answer of a provider's API, read to the end or to the cap.</summary>
internal sealed record ApiReply(HttpStatusCode Status, HttpResponseHeaders Headers, Uri? Location, string? MediaType, byte[] Body)
{
    /// <summary>False when the body broke off, was over the cap, or came compressed though nobody asked for that.</summary>
    public required bool Whole { get; init; }

    public int Code => (int)Status;

    public bool IsSuccess => Code is >= 200 and < 300;

    /// <summary>A web page: a proxy, a login, a wrong path of a relay. Relays give such pages with 200.</summary>
    public bool IsPage => MediaType is "text/html" or "application/xhtml+xml" || FirstByte == '<';

    /// <summary>JSON by its first byte: relays mark theirs as plain text.</summary>
    public bool IsJson => Whole && FirstByte is (byte)'{' or (byte)'[' && !IsPage;

    private byte FirstByte => Body.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [var first, ..] ? first : (byte)0;

    /// <summary>The body as JSON of any shape; undefined when it is none.</summary>
    public JsonElement ReadLoose() => IsJson ? LooseElements.Parse(Body.AsSpan().TrimStart("\uFEFF"u8)) : default;

    /// <summary>The body as JSON; null when it is none or does not fit.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "any shape a foreign server thinks of is only 'does not fit'")]
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        if (!IsJson)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Body.AsSpan().TrimStart("\uFEFF"u8), type);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads at most <paramref name="cap"/> bytes. A body that breaks off still has a status, and a status can be a clear answer. A declared length is
    /// made room for once: answers that hold pictures weigh tens of megabytes.
    /// </summary>
    public static async Task<ApiReply> ReadAsync(HttpResponseMessage response, int cap, CancellationToken cancel)
    {
        var whole = response.Content.Headers.ContentEncoding.All(coding => coding.Equals("identity", StringComparison.OrdinalIgnoreCase));
        using var body = new MemoryStream((int)Math.Clamp(response.Content.Headers.ContentLength ?? 0, 0, cap));
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancel);
            while (await stream.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                body.Write(buffer, 0, Math.Min(count, cap - (int)body.Length));
                if (body.Length >= cap)
                {
                    whole = false;
                    break;
                }
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            whole = false;
        }

        // Not where the wait was given up: nobody knows whether something still arrives in it.
        ArrayPool<byte>.Shared.Return(buffer);
        return new ApiReply(response.StatusCode, response.Headers, response.Headers.Location, response.Content.Headers.ContentType?.MediaType, BytesOf(body))
        {
            Whole = whole,
        };
    }

    private static byte[] BytesOf(MemoryStream body) => body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();
}
