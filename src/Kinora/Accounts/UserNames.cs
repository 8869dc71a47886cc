using System.Globalization;
using System.Text;
using Kinora.Errors;

namespace Kinora.Accounts;

/// <summary>The names people sign in with: what they may be, and when two are the same.</summary>
public static class UserNames
{
    /// <summary>Unicode characters.</summary>
    public const int Longest = 64;

    private static readonly (int First, int Last)[] _twins = [.. Twins.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Range)];

    /// <summary>A chosen name, without blanks around it.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>: says what is wrong with it.</exception>
    public static string Parse(string? text)
    {
        var name = text?.Trim() ?? "";
        if (Key(name) is not { } key)
        {
            throw Fault(name.Length == 0 || name.Length > 2 * Longest || name.EnumerateRunes().Count() > Longest
                ? $"The name of a user has 1 to {Longest} characters."
                : "The name of a user has plain characters only: no control characters, no marks on their own, no other forms of common letters, no blanks but single spaces.");
        }

        // What the operator makes belongs to these ids; a name that reads like one would be taken for it.
        return key == "LOCAL" || (key.StartsWith("USER_", StringComparison.Ordinal) && key.Length == 37)
            ? throw Fault("This name is kept for Kinora itself. Choose another.")
            : name;
    }

    /// <summary>Two names are the same when their keys are: without blanks around them, in upper case. Null for what can be nobody's name.</summary>
    public static string? Key(string text)
    {
        var name = text.Trim();
        return name.Length is > 0 and <= 2 * Longest && name.EnumerateRunes().Count() <= Longest && !name.Contains("  ", StringComparison.Ordinal)
            && name.EnumerateRunes().All(IsPlain)
            ? name.ToUpperInvariant()
            : null;
    }

    /// <summary>
    /// The runtime has no normalisation without ICU, so what NFKC would replace is refused, and so are marks that melt into the letter before them: then
    /// every allowed name is its own NFKC form.
    /// </summary>
    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        // How EnumerateRunes shows half a surrogate pair.
        _ => rune != Rune.ReplacementChar && !_twins.Any(r => rune.Value >= r.First && rune.Value <= r.Last),
    };

    private static (int First, int Last) Range(string text)
    {
        var ends = text.Split('-').Select(end => int.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToList();
        return (ends[0], ends[^1]);
    }

    private static KinoraException Fault(string text) => KinoraException.Invalid([new Fault("username", text)]);

    /// <summary>
    /// Characters that NFKC replaces (Unicode 14.0, https://www.unicode.org/reports/tr15/; without Thai and Lao AM, which everybody types as one), and
    /// the combining marks and Hangul parts that it may melt into others.
    /// </summary>
    private const string Twins =
        """
        300-36F 1100-11FF 1AB0-1ACE 1DC0-1DFF 20D0-20F0 3099-309A FE20-FE2F
        A8 AA AF B2-B5 B8-BA BC-BE 132-133 13F-140 149 17F 1C4-1CC 1F1-1F3 2B0-2B8 2D8-2DD 2E0-2E4 340-341 343-344 374 37A 37E 384-385 387 3D0-3D6 3F0-3F2
        3F4-3F5 3F9 587 675-678 958-95F 9DC-9DF A33 A36 A59-A5B A5E B5C-B5D EDC-EDD F0C F43 F4D F52 F57 F5C F69 F73 F75-F79 F81 F93 F9D FA2 FA7 FAC FB9 10FC
        1D2C-1D2E 1D30-1D3A 1D3C-1D4D 1D4F-1D6A 1D78 1D9B-1DBF 1E9A-1E9B 1F71 1F73 1F75 1F77 1F79 1F7B 1F7D 1FBB 1FBD-1FC1 1FC9 1FCB 1FCD-1FCF 1FD3
        1FDB-1FDF 1FE3 1FEB 1FED-1FEF 1FF9 1FFB 1FFD-1FFE 2011 2017 2024-2026 2033-2034 2036-2037 203C 203E 2047-2049 2057 2070-209C 20A8 2100-2103
        2105-2107 2109-2113 2115-2116 2119-211D 2120-2122 2124 2126 2128 212A-212D 212F-2131 2133-2139 213B-2140 2145-2149 2150-217F 2189 222C-222D
        222F-2230 2329-232A 2460-24EA 2A0C 2A74-2A76 2ADC 2C7C-2C7D 2D6F 2E9F 2EF3-2FD5 3036 3038-303A 309B-309C 309F 30FF 3131-318E 3192-319F 3200-3247
        3250-327E 3280-33FF A69C-A69D A770 A7F2-A7F4 A7F8-A7F9 AB5C-AB5F AB69 F900-FA0D FA10 FA12 FA15-FA1E FA20 FA22 FA25-FA26 FA2A-FB1D FB1F-FBB1
        FBD3-FD3D FD50-FDC7 FDF0-FDFC FE10-FE19 FE30-FE44 FE47-FE72 FE74-FFEE 10781-107BA 1D15E-1D164 1D1BB-1D1C0 1D400-1D7FF 1EE00-1EEBB 1F100-1F10A
        1F110-1F12E 1F130-1F14F 1F16A-1F16C 1F190 1F200-1F251 1FBF0-1FBF9 2F800-2FA1D
        """;
}
