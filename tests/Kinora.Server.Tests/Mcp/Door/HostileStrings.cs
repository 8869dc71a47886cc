using System.Globalization;
using System.Text.Json;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>The lines of <c>tests/hostile</c> as JSON literals, so that they are on the wire exactly as they are written there.</summary>
internal static class HostileStrings
{
    public static IReadOnlyList<string> Paths { get; } = [.. Lines("paths.txt").Select(line => line.Json)];

    /// <summary>Without those that need a resolver of the test's own: no name leaves this machine.</summary>
    public static IReadOnlyList<string> Urls(int canary) =>
    [
        .. Lines("urls.txt").Where(line => line.Kind is not ("resolver" or "redirect"))
            .Select(line => line.Json.Replace("{canary}", canary.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            .Where(json => !json.Contains(".test", StringComparison.Ordinal) && !json.Contains("xn--", StringComparison.Ordinal)),
    ];

    /// <summary>The text, where it is valid Unicode.</summary>
    public static string? Text(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Kind, string Json)> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "hostile", file))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t', 2))
            .Select(columns => (columns[0], columns[1]));
}
