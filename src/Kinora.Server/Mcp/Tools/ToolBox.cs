using System.Buffers;
using System.Text.Json;

namespace Kinora.Server.Mcp.Tools;

/// <summary>The tools of one server, in a fixed order: the same bytes for every client, user and run.</summary>
internal sealed class ToolBox
{
    private readonly Dictionary<string, McpTool> _byName;
    private readonly Lazy<byte[]> _listed;

    /// <param name="readOnly">Leaves out whatever writes or pays. A tool that is left out cannot be called by name either.</param>
    public ToolBox(IEnumerable<McpTool> tools, bool readOnly = false)
    {
        All = [.. tools.Where(t => !readOnly || t.Spec.Effect == ToolEffect.Reads)];
        _byName = All.ToDictionary(t => t.Spec.Name, StringComparer.Ordinal);
        _listed = new Lazy<byte[]>(() => Write(All));
    }

    public IReadOnlyList<McpTool> All { get; }

    /// <summary>The answer to <c>tools/list</c>: <c>{"tools":[…]}</c>, written once.</summary>
    public ReadOnlySpan<byte> Listed => _listed.Value;

    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out McpTool? tool) => _byName.TryGetValue(name, out tool);

    private static byte[] Write(IReadOnlyList<McpTool> tools)
    {
        var buffer = new ArrayBufferWriter<byte>(16 << 10);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            tool.Spec.Write(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
