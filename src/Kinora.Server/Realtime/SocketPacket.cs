using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kinora.Server.Realtime;

/// <summary>Socket.IO packet types, written as one digit (protocol 5, https://github.com/socketio/socket.io-protocol, read 2026-11).</summary>
internal enum SocketPacketType
{
    Connect,
    Disconnect,
    Event,
    Ack,
    ConnectError,
    BinaryEvent,
    BinaryAck,
}

/// <summary>What a client says: <c>type [attachments "-"] ["/" namespace ","] [ack id] [JSON]</c>.</summary>
/// <param name="Attachments">How many binary packets follow it.</param>
/// <param name="Namespace"><c>/</c> is the one there is.</param>
/// <param name="AckId">Digits by which an event asks for an answer, or which an answer belongs to; null when there are none.</param>
/// <param name="Json">Undefined when there is none. Has memory of its own.</param>
internal sealed record SocketPacket(SocketPacketType Type, int Attachments, string Namespace, string? AckId, JsonElement Json)
{
    public const string MainNamespace = "/";

    private const int LongestNamespace = 256;
    private const int LongestAckId = 16; // theirs count from 0
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null when it is malformed, which no client of theirs sends.</summary>
    public static SocketPacket? Read(ReadOnlyMemory<byte> text)
    {
        var rest = text.Span;
        if (rest.Length == 0 || rest[0] is < (byte)'0' or > (byte)'6')
        {
            return null;
        }

        var type = (SocketPacketType)(rest[0] - '0');
        rest = rest[1..];
        var attachments = 0;
        if (type is SocketPacketType.BinaryEvent or SocketPacketType.BinaryAck)
        {
            var dash = rest.IndexOf((byte)'-');
            if (dash is < 1 or > 4 || !int.TryParse(rest[..dash], System.Globalization.NumberStyles.None, null, out attachments))
            {
                return null;
            }

            rest = rest[(dash + 1)..];
        }

        var space = MainNamespace;
        if (rest.Length > 0 && rest[0] == '/')
        {
            var comma = rest.IndexOf((byte)',');
            var end = comma < 0 ? rest.Length : comma;
            if (end > LongestNamespace)
            {
                return null;
            }

            space = Encoding.UTF8.GetString(rest[..end]);
            rest = rest[Math.Min(rest.Length, end + 1)..];
        }

        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? rest.Length : digits;
        if (digits > LongestAckId)
        {
            return null;
        }

        var ack = digits == 0 ? null : Encoding.ASCII.GetString(rest[..digits]);
        rest = rest[digits..];
        return TryParse(text[(text.Length - rest.Length)..], out var json) && Fits(type, json) ? new SocketPacket(type, attachments, space, ack, json) : null;
    }

    /// <summary>The answer to a CONNECT, as an Engine.IO message.</summary>
    public static byte[] Connected(string id) => Write("40", null, json =>
    {
        json.WriteStartObject();
        json.WriteString("sid", id);
        json.WriteEndObject();
    });

    public static byte[] ConnectError(string space, string message) => Write("44", space == MainNamespace ? null : space + ",", json =>
    {
        json.WriteStartObject();
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    public static byte[] Disconnect { get; } = "41"u8.ToArray();

    /// <param name="write">Writes one value: what the event says.</param>
    public static byte[] Event(string name, Action<Utf8JsonWriter> write) => Write("42", null, json =>
    {
        json.WriteStartArray();
        json.WriteStringValue(name);
        write(json);
        json.WriteEndArray();
    });

    /// <param name="write">Writes one value: the answer.</param>
    public static byte[] Ack(string id, Action<Utf8JsonWriter> write) => Write("43", id, json =>
    {
        json.WriteStartArray();
        write(json);
        json.WriteEndArray();
    });

    private static byte[] Write(string types, string? prefix, Action<Utf8JsonWriter> write)
    {
        var packet = new ArrayBufferWriter<byte>(256);
        Encoding.UTF8.GetBytes(types + prefix, packet);
        using (var json = new Utf8JsonWriter(packet, Plain))
        {
            write(json);
        }

        return packet.WrittenSpan.ToArray();
    }

    private static bool TryParse(ReadOnlyMemory<byte> text, out JsonElement json)
    {
        json = default;
        if (text.Length == 0)
        {
            return true;
        }

        try
        {
            if (!System.Text.Unicode.Utf8.IsValid(text.Span) || HasHalfCharacters(text.Span))
            {
                return false;
            }

            using var document = JsonDocument.Parse(text);
            json = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>An escape like <c>\ud800</c> alone is valid JSON and no text: it would throw wherever the string is read later.</summary>
    private static bool HasHalfCharacters(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("\\u"u8) < 0)
        {
            return false;
        }

        var reader = new Utf8JsonReader(text);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }

            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static bool Fits(SocketPacketType type, JsonElement json) => type switch
    {
        SocketPacketType.Connect => json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Object,
        SocketPacketType.Disconnect => json.ValueKind == JsonValueKind.Undefined,
        SocketPacketType.Event or SocketPacketType.BinaryEvent => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0
            && json[0].ValueKind is JsonValueKind.String or JsonValueKind.Number,
        SocketPacketType.Ack or SocketPacketType.BinaryAck => json.ValueKind == JsonValueKind.Array,
        _ => false, // only a server refuses a CONNECT
    };
}
