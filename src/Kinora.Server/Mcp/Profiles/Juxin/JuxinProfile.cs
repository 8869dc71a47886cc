namespace Kinora.Server.Mcp.Profiles.Juxin;

/// <summary>
/// leon30083/juxin-Sora-MCP: its tools for creating, querying and listing (its source, read 2026-11), over any model. Mended here: what is advertised as optional
/// is, every status is told, a list shows how its tasks stand now, waits end, and no create is sent twice. Its two tools that make characters at the relay are
/// not here: no other provider knows such characters; <c>create_video</c> takes them where its model does.
/// </summary>
internal static class JuxinProfile
{
    public static ToolProfile Profile { get; } = new("juxin", "juxin-mcp-server", () =>
    [
        new JuxinCreateVideo(),
        new JuxinQueryVideoStatus(),
        new JuxinQueryAllVideos(),
        new JuxinListTasks(),
    ]);
}
