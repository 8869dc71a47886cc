using System.Text;
using System.Text.Json;

namespace Kinora.Tests.Folders;

/// <summary>The lines of <c>tests/hostile/paths.txt</c>.</summary>
internal static class HostilePaths
{
    public static IReadOnlyList<(string Class, string Name)> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "hostile", "paths.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t', 2))
            .Select(columns => (columns[0], Decode(columns[1]))),
    ];

    /// <summary>By hand: the parser of the framework refuses lone surrogates, which are meant here.</summary>
    private static string Decode(string json)
    {
        var text = new StringBuilder();
        for (var at = 1; at < json.Length - 1; at++)
        {
            if (json[at] != '\\')
            {
                text.Append(json[at]);
            }
            else if (json[++at] == 'u')
            {
                text.Append((char)Convert.ToInt32(json.Substring(at + 1, 4), 16));
                at += 4;
            }
            else
            {
                text.Append(JsonSerializer.Deserialize<string>($"\"\\{json[at]}\""));
            }
        }

        return text.ToString();
    }
}
