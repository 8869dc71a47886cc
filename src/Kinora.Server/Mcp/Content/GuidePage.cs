using System.Text;

namespace Kinora.Server.Mcp.Content;

/// <summary>Pages of the documentation that are shipped inside the assembly.</summary>
internal static class GuidePage
{
    private const string Stamp = "Last updated: ";

    private static readonly Lazy<string> Usage = new(() => Load("usage-guide.md"));
    private static readonly Lazy<string> ImageProfile = new(() => Load("openai-image-mcp.md"));

    public static string UsageGuide => Usage.Value;

    public static string OpenAiImageMcp => ImageProfile.Value;

    /// <summary>The day a page says of itself; empty when it says none.</summary>
    public static string LastUpdated(string page)
    {
        var at = page.IndexOf(Stamp, StringComparison.Ordinal);
        return at < 0 ? "" : page[(at + Stamp.Length)..].Split('\n')[0].Trim().TrimEnd('.');
    }

    private static string Load(string name)
    {
        using var stream = typeof(GuidePage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
