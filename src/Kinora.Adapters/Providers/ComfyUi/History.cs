using System.Text.Json;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.ComfyUi;

/// <summary>A file that a node saved, as <c>/view</c> wants it named.</summary>
internal sealed record SavedFile(string FileName, string Subfolder, string Type);

/// <summary>How a job ended, from <c>/history/{id}</c>.</summary>
/// <param name="IsThere">False: it has not ended, or nobody knows it.</param>
internal sealed record History(bool IsThere)
{
    // Video nodes say "gifs" or "images" for videos: the names are historic.
    private static readonly string[] _lists = ["videos", "gifs", "images"];

    /// <summary>Null: it ended well.</summary>
    public string? Error { get; private init; }

    public bool Interrupted { get; private init; }

    public IReadOnlyList<SavedFile> Files { get; private init; } = [];

    /// <summary>Null when the answer makes no sense.</summary>
    /// <param name="output">Node whose files count; null for any.</param>
    public static History? Read(ApiReply reply, string id, string? output)
    {
        var root = reply.IsSuccess ? reply.ReadLoose() : default;
        if (root.At(id) is not { ValueKind: JsonValueKind.Object } entry)
        {
            return root.ValueKind == JsonValueKind.Object && !root.EnumerateObject().Any() ? new History(false) : null;
        }

        // status.messages: [["execution_error", {node_id, node_type, exception_message}], …]
        var status = entry.At("status");
        var said = status.At("messages").Items().Select(message => message.Items().ToArray()).Where(message => message.Length > 1).ToLookup(message => message[0].Text(), message => message[1]);
        return new History(true)
        {
            Error = status.At("status_str").Text() == "error" ? said["execution_error"].Select(Say).LastOrDefault("") : null,
            Interrupted = status.At("status_str").Text() == "error" && said.Contains("execution_interrupted"),
            Files =
            [
                .. entry.At("outputs").Fields().Where(node => output is null || node.Name == output).SelectMany(node => _lists.SelectMany(name => node.Value.At(name).Items()))
                    .Where(file => Text(file, "filename").Length > 0)
                    .Select(file => new SavedFile(Text(file, "filename"), Text(file, "subfolder"), Text(file, "type") is { Length: > 0 } type ? type : "output"))
                    .OrderBy(file => file.Type == "output" ? 0 : 1),
            ],
        };
    }

    private static string Say(JsonElement error) => $"node {Text(error, "node_id")} ({Text(error, "node_type")}): {Text(error, "exception_message").Trim()}";

    private static string Text(JsonElement part, string name) => part.At(name).Text() ?? "";
}
