using System.ComponentModel.DataAnnotations;

namespace Kinora.Server.Mcp;

/// <summary>Settings <c>Mcp:…</c>; the flags of <c>kinora mcp</c> and <c>kinora serve</c> win over them.</summary>
internal sealed record McpOptions
{
    /// <summary>Groups of tools, parted by commas; <c>all</c> for every one.</summary>
    public string Toolsets { get; init; } = Tools.ToolCatalog.Default;

    /// <summary>Name of a system whose tools are offered instead: a drop-in for it. Null for Kinora's own tools.</summary>
    public string? Profile { get; init; }

    /// <summary>Leave out every tool that writes or pays.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>What one user may ask for in a minute, over MCP, REST and OpenAI's API, with whatever key; more are refused with the time to wait. 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int CreatesPerMinute { get; init; } = 120;
}
