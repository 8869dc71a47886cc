using System.Diagnostics.CodeAnalysis;
using Kinora.Jobs;

namespace Kinora.Characters;

/// <summary>The id of a character: 128 random bits, written as <c>char_</c> and 32 hex digits, and read in that form alone.</summary>
public readonly record struct CharacterId
{
    private const string Prefix = "char_";
    private const int Length = 37;

    private readonly JobId _bits;

    private CharacterId(JobId bits) => _bits = bits;

    public static CharacterId New(IRandomBytes random) => new(JobId.New(random));

    public static bool TryParse([NotNullWhen(true)] string? text, out CharacterId id)
    {
        // What is left has 32 characters: of the forms of a job's id only the plain digits have.
        var parsed = text is { Length: Length } && text.StartsWith(Prefix, StringComparison.Ordinal) && JobId.TryParse(text[Prefix.Length..], out var bits) ? bits : (JobId?)null;
        id = new CharacterId(parsed.GetValueOrDefault());
        return parsed is not null;
    }

    /// <summary>32 hex digits: the form stored in the database.</summary>
    public string Hex => _bits.Hex;

    public override string ToString() => Prefix + Hex;
}
