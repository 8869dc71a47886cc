namespace Kinora.Server.Mcp.Content;

/// <summary>The guide for models: the page docs/usage-guide.md, shipped inside the assembly. Each <c>## heading</c> is a topic.</summary>
internal static class UsageGuide
{
    /// <summary>In the order of the page; <see cref="Read"/> knows exactly these.</summary>
    public static readonly IReadOnlyList<string> Topics = ["workflow", "money", "prompting", "references", "images", "sessions", "design", "models", "files", "trouble"];

    /// <param name="topic">Null for the whole page.</param>
    public static string Read(string? topic)
    {
        if (topic is null)
        {
            return GuidePage.UsageGuide;
        }

        var start = GuidePage.UsageGuide.IndexOf($"## {topic}\n", StringComparison.Ordinal);
        var end = GuidePage.UsageGuide.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return (end < 0 ? GuidePage.UsageGuide[start..] : GuidePage.UsageGuide[start..end]).TrimEnd();
    }
}
