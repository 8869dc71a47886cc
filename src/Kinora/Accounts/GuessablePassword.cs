namespace Kinora.Accounts;

/// <summary>Recognises passwords that guessing programs try first, by the way people make them up.</summary>
internal static class GuessablePassword
{
    /// <summary>Keys of one row, in order; a step along a row, or between neighbours of two rows, tells a guesser nothing new.</summary>
    private static readonly string[] _rows = ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertz", "yxcvbnm"];

    /// <summary>Columns of the usual keyboard, from the top left to the bottom.</summary>
    private static readonly string[] _columns = ["1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/"];

    private static readonly HashSet<(char, char)> _steps = Steps();
    private static readonly HashSet<string> _words = [.. CommonWords.All.Select(Folded)];

    /// <summary>How many characters must be left when rows of keys, sequences and repetitions are taken for one each.</summary>
    private const int FewestFree = 6;

    /// <summary>A sequence tells one thing only from so many characters on.</summary>
    private const int ShortestRun = 3;

    /// <summary>The name itself, backwards too, with digits or signs around it or in it.</summary>
    public static bool IsOwn(string password, string username)
    {
        var names = Readings(username).Append(Folded(string.Concat(username.ToLowerInvariant().Where(char.IsLetter)))).Where(n => n.Length > 0).ToHashSet();
        return Readings(password).Any(reading => names.Contains(reading) || names.Contains(Reversed(reading)));
    }

    public static bool IsCommon(string password)
    {
        var unit = Unit(password.ToLowerInvariant());
        return Free(unit) < FewestFree || Readings(unit).Any(reading => _words.Contains(reading) || _words.Contains(Reversed(reading)));
    }

    /// <summary>The words it may be read as: without digits and signs at its ends, and with those inside it as the letters they stand for.</summary>
    private static IEnumerable<string> Readings(string password)
    {
        var text = password.ToLowerInvariant();
        var core = Core(text);
        return new[] { Folded(text), Folded(core), Unit(Folded(core)) }.Where(r => r.Length > 0);
    }

    /// <summary>Without all that is no letter at both ends: <c>dragon2024!</c> is <c>dragon</c>.</summary>
    private static string Core(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && !char.IsLetter(text[from]))
        {
            from++;
        }

        while (to > from && !char.IsLetter(text[to - 1]))
        {
            to--;
        }

        return text[from..to];
    }

    /// <summary>Digits and signs as the letters they look like, the rest of the signs left out. <c>1</c> is an I as well as an L, so L is written I here.</summary>
    private static string Folded(string text) => string.Concat(text.Select(c => c switch
    {
        '0' => "o",
        '1' or '!' or '|' or 'l' => "i",
        '3' or '€' => "e",
        '4' or '@' => "a",
        '5' or '$' => "s",
        '7' or '+' => "t",
        '8' => "b",
        '9' => "g",
        _ when char.IsLetter(c) || char.IsSurrogate(c) => c.ToString(),
        _ => "",
    }));

    /// <summary>What is repeated, when the whole is nothing but repetitions.</summary>
    private static string Unit(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (Enumerable.Range(length, text.Length - length).All(at => text[at] == text[at - length]))
            {
                return text[..length];
            }
        }

        return text;
    }

    /// <summary>Characters, each run of steps counted as one.</summary>
    private static int Free(string text)
    {
        var (free, start) = (0, 0);
        for (var at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && IsStep(text[at - 1], text[at]))
            {
                continue;
            }

            free += at - start >= ShortestRun ? 1 : at - start;
            start = at;
        }

        return free;
    }

    private static bool IsStep(char from, char to) =>
        from == to || _steps.Contains((from, to)) || (Math.Abs(from - to) == 1 && char.IsLetterOrDigit(from) && char.IsLetterOrDigit(to));

    private static HashSet<(char, char)> Steps()
    {
        var steps = new HashSet<(char, char)>();
        foreach (var line in _rows.Concat(_columns))
        {
            for (var at = 1; at < line.Length; at++)
            {
                steps.Add((line[at - 1], line[at]));
                steps.Add((line[at], line[at - 1]));
            }
        }

        // From one column to the next, as in 1q2w3e.
        foreach (var (left, right) in _columns.Zip(_columns.Skip(1)))
        {
            for (var row = 1; row < left.Length; row++)
            {
                steps.Add((left[row], right[row - 1]));
                steps.Add((right[row - 1], left[row]));
            }
        }

        return steps;
    }

    private static string Reversed(string text) => string.Concat(text.Reverse());
}
