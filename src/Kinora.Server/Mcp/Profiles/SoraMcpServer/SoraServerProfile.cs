namespace Kinora.Server.Mcp.Profiles.SoraMcpServer;

/// <summary>
/// TJC-LP/sora-mcp-server (later sanzaru): eleven tools (its guide and source, read 2026-11). Mended here: links are seen, padding
/// enlarges, alpha and EXIF are honoured, bytes match the ending, nothing is overwritten, listed names can be asked for.
/// </summary>
internal static class SoraServerProfile
{
    public static readonly IReadOnlyList<string> Sizes = ["720x1280", "1280x720", "1024x1792", "1792x1024"];

    public static ToolProfile Profile { get; } = new("sora-mcp-server", "sora-mcp-server", () =>
    [
        new SoraCreateVideo(),
        new SoraGetStatus(),
        new SoraDownload(),
        new SoraList(),
        new SoraDelete(),
        new SoraRemix(),
        new SoraListReferences(),
        new SoraPrepareReference(),
        new ImageCreate(),
        new ImageGetStatus(),
        new ImageDownload(),
    ]);
}
