namespace Kinora.Server.Mcp.Protocol;

/// <summary>The protocol revisions there are. From 2026-07-28 on there is no handshake: every request says its version and capabilities.</summary>
internal static class McpVersions
{
    public const string Modern = "2026-07-28";

    public static readonly IReadOnlyList<string> All = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", Modern];

    public static bool IsModern(string? version) => version is not null && string.CompareOrdinal(version, Modern) >= 0;
}
