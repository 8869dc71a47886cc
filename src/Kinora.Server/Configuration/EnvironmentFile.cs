namespace Kinora.Server.Configuration;

/// <summary>Environment variables, with those of a <c>.env</c> file in the working folder on top.</summary>
internal static class EnvironmentFile
{
    public static IReadOnlyDictionary<string, string> Load(string folder)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            all[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        var path = Path.Combine(folder, ".env");
        if (File.Exists(path))
        {
            foreach (var line in File.ReadLines(path))
            {
                if (Parse(line) is var (name, value))
                {
                    all[name] = value;
                }
            }
        }

        return all;
    }

    /// <summary>Reads <c>NAME=value</c>, <c>export NAME=value</c>, quotes around the value, and comments; null for anything else.</summary>
    internal static (string Name, string Value)? Parse(string line)
    {
        var text = line.Trim();
        if (text.StartsWith("export ", StringComparison.Ordinal))
        {
            text = text["export ".Length..].TrimStart();
        }

        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || text[0] == '#')
        {
            return null;
        }

        var value = text[(equals + 1)..].Trim();
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
        {
            return (text[..equals].TrimEnd(), value[1..^1]);
        }

        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return (text[..equals].TrimEnd(), comment >= 0 ? value[..comment].TrimEnd() : value);
    }
}
