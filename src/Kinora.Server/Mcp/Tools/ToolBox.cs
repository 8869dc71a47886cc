using Kinora.Server.Mcp.Schema;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Tools;

/// <summary>The tools of one server, in a fixed order: the same bytes for every client, user and run.</summary>
internal sealed class ToolBox
{
    private readonly Dictionary<string, McpTool> _byName;
    private readonly Lazy<IList<Tool>> _listed;

    /// <param name="readOnly">Leaves out whatever writes or pays. A tool that is left out cannot be called by name either.</param>
    public ToolBox(IEnumerable<McpTool> tools, bool readOnly = false)
    {
        All = [.. tools.Where(t => !readOnly || t.Spec.Effect == ToolEffect.Reads)];
        _byName = All.ToDictionary(t => t.Spec.Name, StringComparer.Ordinal);
        _listed = new Lazy<IList<Tool>>(() => [.. All.Select(t => Describe(t.Spec))]);
    }

    public IReadOnlyList<McpTool> All { get; }

    public IList<Tool> Listed => _listed.Value;

    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out McpTool? tool) => _byName.TryGetValue(name, out tool);

    private static Tool Describe(ToolSpec spec) => new()
    {
        Name = spec.Name,
        Description = spec.Description,
        InputSchema = spec.InputSchema(),
        OutputSchema = spec.OutputSchema(),
        Annotations = new ToolAnnotations
        {
            ReadOnlyHint = spec.Effect == ToolEffect.Reads,
            DestructiveHint = spec.Effect == ToolEffect.Destroys,
            IdempotentHint = spec.Idempotent,
            OpenWorldHint = spec.Effect == ToolEffect.Pays,
        },
    };
}
