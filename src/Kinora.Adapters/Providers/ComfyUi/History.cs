using System.Text.Json;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.ComfyUi;

/// <summary>A file that a node saved, as <c>/view</c> wants it named.</summary>
internal sealed record SavedFile(string FileName, string Subfolder, string Type);

/// <summary>How a finished job ended, from <c>/history/{id}</c>.</summary>
/// <param name="Error">Null: well.</param>
internal sealed record History(string? Error, bool Interrupted, IReadOnlyList<SavedFile> Files)
{
    // Video nodes say "gifs" or "images" for videos: the names are historic.
    private static readonly string[] _lists = ["videos", "gifs", "images"];

    /// <summary>Null when the answer makes no sense; <paramref name="isThere"/> tells whether the job is in it.</summary>
    /// <param name="output">Node whose files count; null for any.</param>
    public static History? Read(ApiReply reply, string id, string? output, out bool isThere)
    {
        isThere = false;
        if (Document(reply) is not { } document)
        {
            return null;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(id, out var entry) || entry.ValueKind != JsonValueKind.Object)
            {
                return document.RootElement.ValueKind == JsonValueKind.Object && !document.RootElement.EnumerateObject().Any() ? new History(null, false, []) : null;
            }

            isThere = true;
            var (error, interrupted) = Fault(entry);
            return new History(error, interrupted, FilesOf(entry, output));
        }
    }

    /// <summary>Ids in <c>queue_running</c> or <c>queue_pending</c>: of each entry the second value. Null when the answer makes no sense.</summary>
    public static (HashSet<string> Running, HashSet<string> Pending)? ReadQueue(ApiReply reply)
    {
        if (Document(reply) is not { } document)
        {
            return null;
        }

        using (document)
        {
            HashSet<string> Ids(string name) => document.RootElement.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Where(job => job.ValueKind == JsonValueKind.Array && job.GetArrayLength() > 1 && job[1].ValueKind == JsonValueKind.String).Select(job => job[1].GetString()!)]
                : [];
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("queue_running", out _) ? (Ids("queue_running"), Ids("queue_pending")) : null;
        }
    }

    private static JsonDocument? Document(ApiReply reply)
    {
        try
        {
            return reply is { IsSuccess: true, IsJson: true } ? JsonDocument.Parse(reply.Body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // status.messages: [["execution_error", {node_id, node_type, exception_message}], …]
    private static (string? Error, bool Interrupted) Fault(JsonElement entry)
    {
        if (!entry.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object || Text(status, "status_str") != "error")
        {
            return (null, false);
        }

        var said = "";
        foreach (var message in status.TryGetProperty("messages", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : Array.Empty<JsonElement>())
        {
            if (message.ValueKind != JsonValueKind.Array || message.GetArrayLength() < 2 || message[0].ValueKind != JsonValueKind.String)
            {
                continue;
            }

            if (message[0].GetString() == "execution_interrupted")
            {
                return ("It was interrupted.", true);
            }

            if (message[0].GetString() == "execution_error" && message[1].ValueKind == JsonValueKind.Object)
            {
                said = $"node {Text(message[1], "node_id")} ({Text(message[1], "node_type")}): {Text(message[1], "exception_message").Trim()}";
            }
        }

        return (said, false);
    }

    private static SavedFile[] FilesOf(JsonElement entry, string? output) => !entry.TryGetProperty("outputs", out var nodes) || nodes.ValueKind != JsonValueKind.Object ? [] :
    [
        .. nodes.EnumerateObject().Where(node => (output is null || node.Name == output) && node.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(node => _lists.SelectMany(name => node.Value.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToArray() : []))
            .Where(file => file.ValueKind == JsonValueKind.Object && Text(file, "filename").Length > 0)
            .Select(file => new SavedFile(Text(file, "filename"), Text(file, "subfolder"), Text(file, "type") is { Length: > 0 } type ? type : "output"))
            .OrderBy(file => file.Type == "output" ? 0 : 1),
    ];

    private static string Text(JsonElement part, string name) => part.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : "";
}
