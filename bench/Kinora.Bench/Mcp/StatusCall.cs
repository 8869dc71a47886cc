using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Kinora.Bench.Mcp;

/// <summary>
/// One call of <c>get_video_status</c> as ready bytes in which only the id changes, and the check of its answer: right id, no error, the right video.
/// Ids have seven digits, so that every request is equally long.
/// </summary>
/// <param name="modern">As a request of revision 2026-07-28, which carries its own version; else as one of an opened session.</param>
internal sealed class StatusCall(string videoId, bool modern)
{
    public const int FirstId = 1_000_000;
    private const string Tool = "get_video_status";
    private const string Meta = ""","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";

    private static readonly int IdAt = "{\"jsonrpc\":\"2.0\",\"id\":".Length;

    private readonly byte[] _videoId = Encoding.UTF8.GetBytes(videoId);

    /// <summary>The body, with the first id.</summary>
    public byte[] Body { get; } = Encoding.UTF8.GetBytes(
        $$$"""{"jsonrpc":"2.0","id":{{{FirstId}}},"method":"tools/call","params":{"name":"{{{Tool}}}","arguments":{"video_id":"{{{videoId}}}"}{{{(modern ? Meta : "")}}}}}""");

    /// <summary>What HTTP needs beside the usual headers.</summary>
    public string Headers { get; } = modern
        ? $"MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: {Tool}\r\n"
        : "MCP-Protocol-Version: 2025-11-25\r\n";

    /// <summary>Writes an id into a copy of <see cref="Body"/>.</summary>
    public static void SetId(Span<byte> body, int id) => Utf8Formatter.TryFormat(id, body[IdAt..], out _);

    /// <summary>The id of a good answer.</summary>
    /// <exception cref="InvalidOperationException">It is no good answer.</exception>
    public int Check(ReadOnlySpan<byte> answer)
    {
        var (id, good) = (-1, answer.IndexOf(_videoId) >= 0);
        var json = new Utf8JsonReader(answer);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (json.CurrentDepth == 1 && json.ValueTextEquals("id"u8))
            {
                json.Read();
                id = json.GetInt32();
            }
            else if (json.CurrentDepth == 1 && json.ValueTextEquals("error"u8))
            {
                good = false;
            }
            else if (json.CurrentDepth == 2 && json.ValueTextEquals("isError"u8))
            {
                json.Read();
                good &= json.TokenType != JsonTokenType.True;
            }
        }

        return good && id >= FirstId ? id : throw new InvalidOperationException("Not the answer: " + Encoding.UTF8.GetString(answer));
    }
}
