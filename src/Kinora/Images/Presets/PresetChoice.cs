using Kinora.Errors;

namespace Kinora.Images.Presets;

/// <summary>One field of a preset: the words it knows, the usual one first, and what each says to the model.</summary>
/// <param name="Field">As callers know it, for messages.</param>
internal sealed record PresetChoice(string Field, params (string Word, string Phrase)[] All)
{
    public IReadOnlyList<string> Words { get; } = [.. All.Select(a => a.Word)];

    /// <summary>Empty for a word that <see cref="Check"/> refuses.</summary>
    public string this[string word] => Array.Find(All, a => a.Word == word).Phrase ?? "";

    public Fault? Check(string? word) => word is not null && Words.Contains(word)
        ? null
        : new Fault(Field, $"{Field} is one of {string.Join(", ", Words)}{Given(word)}.");

    private static string Given(string? word) => word is { Length: > 0 and <= 40 } && word.All(c => c is >= ' ' and < '\u007f') ? $"; \"{word}\" was given" : "";
}
