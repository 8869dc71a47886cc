using System.Text;

namespace Kinora.Server.Mcp.Content;

/// <summary>The guide for models: the page docs/usage-guide.md, shipped inside the assembly. Each <c>## heading</c> is a topic.</summary>
internal static class UsageGuide
{
    /// <summary>In the order of the page; <see cref="Read"/> knows exactly these.</summary>
    public static readonly IReadOnlyList<string> Topics = ["workflow", "money", "prompting", "references", "images", "sessions", "models", "files", "trouble"];

    private static readonly Lazy<string> Page = new(Load);

    /// <param name="topic">Null for the whole page.</param>
    public static string Read(string? topic)
    {
        if (topic is null)
        {
            return Page.Value;
        }

        var start = Page.Value.IndexOf($"## {topic}\n", StringComparison.Ordinal);
        var end = Page.Value.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return (end < 0 ? Page.Value[start..] : Page.Value[start..end]).TrimEnd();
    }

    private static string Load()
    {
        using var stream = typeof(UsageGuide).Assembly.GetManifestResourceStream("usage-guide.md")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
