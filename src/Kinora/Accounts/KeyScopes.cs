using Kinora.Errors;

namespace Kinora.Accounts;

/// <summary>What a key may do. None implies another.</summary>
[Flags]
public enum KeyScopes
{
    None = 0,

    /// <summary>See what there is, and download it.</summary>
    Read = 1,

    /// <summary>Make, change and delete.</summary>
    Create = 2,

    /// <summary>Users, keys, settings.</summary>
    Admin = 4,
}

/// <summary>Scopes as words: <c>read,create</c>.</summary>
public static class KeyScopeWords
{
    public static readonly IReadOnlyList<string> All = [.. Enum.GetValues<KeyScopes>().Where(s => s != KeyScopes.None).Select(Word)];

    public static IReadOnlyList<string> Words(this KeyScopes scopes) =>
        [.. Enum.GetValues<KeyScopes>().Where(s => s != KeyScopes.None && scopes.HasFlag(s)).Select(Word)];

    /// <param name="text">Words with commas or blanks between them.</param>
    /// <exception cref="KinoraException"><c>invalid_request</c>: names the unknown word, or says that there is none.</exception>
    public static KeyScopes Parse(string text)
    {
        if (Split(text).Find(word => Known(word) == KeyScopes.None) is { } unknown)
        {
            throw Fault($"There is no scope \"{(unknown.Length > 40 ? unknown[..40] + "…" : unknown)}\".");
        }

        return Read(text) is not KeyScopes.None and var scopes ? scopes : throw Fault("A key without any scope could do nothing.");
    }

    /// <summary>The same for what was stored: a word of a newer version means nothing here.</summary>
    public static KeyScopes Read(string text) => Split(text).Aggregate(KeyScopes.None, (scopes, word) => scopes | Known(word));

    private static KinoraException Fault(string what) =>
        KinoraException.Invalid([new Fault("scopes", $"{what} There are {string.Join(", ", All)}.")]);

    private static List<string> Split(string text) => [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static KeyScopes Known(string word) =>
        Enum.GetValues<KeyScopes>().FirstOrDefault(s => s != KeyScopes.None && string.Equals(Word(s), word, StringComparison.OrdinalIgnoreCase));

    private static string Word(KeyScopes scope) => scope.ToString().ToLowerInvariant();
}
