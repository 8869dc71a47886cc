using System.Text;
using Kinora.Errors;

namespace Kinora.References;

/// <summary>
/// A pattern on relative names: <c>*</c> and <c>?</c> stay within one part, <c>**</c> crosses parts, <c>[a-z]</c> and <c>[!a-z]</c> are one character. Upper and lower
/// case are alike. Takes time in proportion to pattern times name, whatever they are: all ways are followed at once, none is tried again.
/// </summary>
internal sealed class GlobPattern
{
    private const int MaxCharacters = 200;
    private readonly List<Step> _steps = [];

    /// <exception cref="KinoraException"><c>invalid_request</c>.</exception>
    public GlobPattern(string pattern)
    {
        if (pattern.Length is 0 or > MaxCharacters)
        {
            throw Invalid();
        }

        var runes = Fold(pattern);
        for (var at = 0; at < runes.Count; at++)
        {
            switch (runes[at].Value)
            {
                case '*' when at + 1 < runes.Count && runes[at + 1].Value == '*':
                    at++;
                    // "**/" is also nothing at all: "**/a.png" finds "a.png".
                    var slash = at + 1 < runes.Count && runes[at + 1].Value == '/';
                    at += slash ? 1 : 0;
                    _steps.Add(new Step(slash ? Kind.Folders : Kind.Anything));
                    break;
                case '*':
                    _steps.Add(new Step(Kind.Part));
                    break;
                case '?':
                    _steps.Add(new Step(Kind.One));
                    break;
                case '[':
                    at = AddSet(runes, at + 1);
                    break;
                default:
                    _steps.Add(new Step(Kind.One, [(runes[at].Value, runes[at].Value)]));
                    break;
            }
        }
    }

    private enum Kind
    {
        One,
        Part,
        Anything,
        Folders,
    }

    public bool Matches(string name)
    {
        // here[n]: the first n steps can match what has been read.
        var here = new bool[_steps.Count + 1];
        var next = new bool[_steps.Count + 1];
        here[0] = true;
        Skip(here, atStart: true);
        foreach (var rune in Fold(name))
        {
            Array.Clear(next);
            for (var n = 0; n < _steps.Count; n++)
            {
                if (here[n])
                {
                    Read(n, rune.Value, next);
                }
            }

            Skip(next, atStart: rune.Value == '/');
            (here, next) = (next, here);
        }

        return here[^1];
    }

    private void Read(int n, int character, bool[] next)
    {
        switch (_steps[n].Kind)
        {
            case Kind.One:
                next[n + 1] |= character != '/' ? _steps[n].Fits(character) : _steps[n].IsSlash;
                break;
            case Kind.Part:
                next[n] |= character != '/';
                break;
            default:
                next[n] = true;
                break;
        }
    }

    /// <summary>Steps that may match nothing; <c>**/</c> only before a part.</summary>
    private void Skip(bool[] states, bool atStart)
    {
        for (var n = 0; n < _steps.Count; n++)
        {
            states[n + 1] |= states[n] && (_steps[n].Kind is Kind.Part or Kind.Anything || (_steps[n].Kind == Kind.Folders && atStart));
        }
    }

    private int AddSet(List<Rune> runes, int at)
    {
        var not = at < runes.Count && runes[at].Value is '!' or '^';
        at += not ? 1 : 0;
        var ranges = new List<(int, int)>();
        // A bracket in the first place is meant as itself.
        for (; at < runes.Count && (runes[at].Value != ']' || ranges.Count == 0); at++)
        {
            var last = at + 2 < runes.Count && runes[at + 1].Value == '-' && runes[at + 2].Value != ']';
            ranges.Add((runes[at].Value, runes[last ? at + 2 : at].Value));
            at += last ? 2 : 0;
        }

        _steps.Add(at < runes.Count ? new Step(Kind.One, ranges, not) : throw Invalid());
        return at;
    }

    private static List<Rune> Fold(string text) => [.. text.EnumerateRunes().Select(Rune.ToLowerInvariant)];

    private static KinoraException Invalid() => new(
        ErrorCodes.InvalidRequest, FormattableString.Invariant($"The pattern is 1 to {MaxCharacters} characters with * ? ** and [a-z], such as *.png or **/cat-[0-9]*.jpg."));

    private sealed record Step(Kind Kind, IReadOnlyList<(int First, int Last)>? Ranges = null, bool Not = false)
    {
        public bool IsSlash => Ranges is [('/', '/')] && !Not;

        public bool Fits(int character) => Ranges is null || Ranges.Any(range => character >= range.First && character <= range.Last) != Not;
    }
}
