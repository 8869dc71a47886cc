namespace Kinora.Server.Mcp.Profiles.Sora2Mcp;

/// <summary>
/// nanameru/Sora2-MCP: six tools, an answer is one text block of indented JSON (its README and source, read 2026-11). What was broken there works here: the
/// reference picture is sent as a file, and large files are saved instead of poured into the conversation.
/// </summary>
internal static class Sora2Profile
{
    public static ToolProfile Profile { get; } = new("sora2-mcp", "sora2-mcp", () =>
    [
        new CreateVideo(),
        new GetVideoStatus(),
        new DownloadVideo(),
        new ListVideos(),
        new DeleteVideo(),
        new RemixVideo(),
    ]);
}
