using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kinora.Jobs;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Tools;

/// <summary>What a tool answers: the whole as structured content, a short text for the model, links to files, and small pictures when asked for.</summary>
/// <param name="Text">Under 1 kB: what happened and what to do next.</param>
internal sealed record ToolAnswer(JsonElement Structured, string Text)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Pretty = Compact with { Indented = true, NewLine = "\n" };

    public IReadOnlyList<ContentBlock> More { get; init; } = [];

    /// <summary>The answer is that of a job which failed: a tool error, but one with the whole object.</summary>
    public bool IsError { get; init; }

    /// <summary>The job that a task would follow; null when there is nothing to wait for.</summary>
    public Job? Job { get; init; }

    public static ToolAnswer Of(Action<Utf8JsonWriter> structured, string text) => new(JsonElement.Parse(Json(structured, Compact).WrittenSpan), text);

    /// <summary>As the systems of the profiles answer: the text is the object itself.</summary>
    public static ToolAnswer AsJsonText(Action<Utf8JsonWriter> structured) => Of(structured, Encoding.UTF8.GetString(Json(structured, Pretty).WrittenSpan));

    /// <summary>The same with one more field.</summary>
    public ToolAnswer With(string name, string value) => this with
    {
        Structured = Of(
            json =>
            {
                json.WriteStartObject();
                foreach (var property in Structured.EnumerateObject())
                {
                    property.WriteTo(json);
                }

                json.WriteString(name, value);
                json.WriteEndObject();
            },
            Text).Structured,
    };

    public CallToolResult ToResult()
    {
        var content = new List<ContentBlock>(1 + More.Count) { new TextContentBlock { Text = Text } };
        content.AddRange(More);
        return new CallToolResult { Content = content, StructuredContent = Structured, IsError = IsError ? true : null };
    }

    private static ArrayBufferWriter<byte> Json(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, options);
        write(json);
        json.Flush();
        return buffer;
    }
}
