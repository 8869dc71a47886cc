using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Kinora.Errors;

namespace Kinora.Folders;

/// <summary>
/// Which names of files callers may use: relative, parts divided by <c>/</c>, of letters, digits and harmless marks. The list is of what is allowed, not
/// of what is bad, so that a name means the same file on every system. Nothing is changed or mended silently. Names that a file system may still take for one (of other case)
/// are no danger: a file is never replaced unasked.
/// </summary>
public static class UserFileName
{
    /// <summary>Of the whole name, in UTF-8.</summary>
    public const int MaxBytes = 1000;

    /// <summary>Of one part: what Linux file systems allow.</summary>
    public const int MaxPartBytes = 255;

    public const int MaxParts = 8;

    private const string Rule =
        "The file name is not allowed. Use a relative name such as clips/day-1.mp4: letters, digits, blanks and - _ . , + = @ # ! ' & ( ) [ ], each part "
        + "beginning with a letter or digit and not ending with a dot or blank, at most 8 parts and 255 bytes each, no device names of Windows.";

    private static readonly SearchValues<char> Marks = SearchValues.Create(" -_.,+=@#!'&()[]");

    /// <summary>What a part may begin with beside letters and digits: no dot (hidden files, our own temporary ones), no dash (options of programs).</summary>
    private static readonly SearchValues<char> Openers = SearchValues.Create("_([");

    /// <summary>
    /// Letters and marks that Unicode knows in two spellings (composed or not, wide, presentation and other compatibility forms): their normal forms
    /// would make two names one, or bring a dot or slash in. The runtime has no tables of normal forms (invariant globalization), hence blocks.
    /// </summary>
    private static readonly (int First, int Last)[] TwoSpellings =
    [
        (0x0300, 0x036F), (0x1100, 0x11FF), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x2000, 0x214F), (0x2E80, 0x2FDF), (0x3099, 0x309C), (0x3130, 0x318F),
        (0x3200, 0x33FF), (0xA960, 0xA97F), (0xD7B0, 0xD7FF), (0xF900, 0xFAFF), (0xFB00, 0xFFFF), (0x1D400, 0x1D7FF), (0x1EE00, 0x1EEFF), (0x1F100, 0x1F2FF),
        (0x2F800, 0x2FA1F),
    ];

    /// <exception cref="KinoraException"><c>invalid_file_name</c>: one fixed sentence that says what is allowed and never repeats the name.</exception>
    public static void Require([NotNull] string? name)
    {
        if (!IsAllowed(name))
        {
            throw new KinoraException(ErrorCodes.InvalidFileName, Rule);
        }
    }

    public static bool IsAllowed([NotNullWhen(true)] string? name)
    {
        // A character is at least one byte: what is longer than the limit is not even looked at.
        if (name is not { Length: > 0 and <= MaxBytes } || Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            return false;
        }

        var parts = name.Split('/');
        return parts.Length <= MaxParts && parts.All(IsAllowedPart);
    }

    private static bool IsAllowedPart(string part)
    {
        if (part.Length == 0 || Encoding.UTF8.GetByteCount(part) > MaxPartBytes || part[^1] is '.' or ' ' || IsDevice(part))
        {
            return false;
        }

        for (var at = 0; at < part.Length;)
        {
            // A lone surrogate is no rune.
            if (!Rune.TryGetRuneAt(part, at, out var rune) || !(at == 0 ? MayBegin(rune) : MayFollow(rune)))
            {
                return false;
            }

            at += rune.Utf16SequenceLength;
        }

        return true;
    }

    private static bool MayBegin(Rune rune) => rune.IsAscii ? Rune.IsLetterOrDigit(rune) || Openers.Contains((char)rune.Value) : IsLetter(rune, first: true);

    private static bool MayFollow(Rune rune) => rune.IsAscii ? Rune.IsLetterOrDigit(rune) || Marks.Contains((char)rune.Value) : IsLetter(rune, first: false);

    /// <summary>Also the vowel signs of many scripts (not at the beginning), and pictographs.</summary>
    private static bool IsLetter(Rune rune, bool first) =>
        !Array.Exists(TwoSpellings, block => rune.Value >= block.First && rune.Value <= block.Last) && Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter => true,
            UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber => true,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => !first,
            UnicodeCategory.OtherSymbol => rune.Value is >= 0x1F300 and <= 0x1FAFF,
            _ => false,
        };

    /// <summary>Windows opens a device by these names, whatever follows the first dot.</summary>
    private static bool IsDevice(string part)
    {
        var stem = part.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && char.IsAsciiDigit(stem[3]));
    }
}
