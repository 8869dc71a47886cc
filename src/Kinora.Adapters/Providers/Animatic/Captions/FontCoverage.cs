using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace Kinora.Adapters.Providers.Animatic.Captions;

/// <summary>
/// Which characters the shipped fonts can draw, read from their own tables. What they cannot (emoji, Arabic …) is left out of a
/// caption: a box of hex digits would be worse than silence.
/// </summary>
internal static class FontCoverage
{
    private static readonly Lazy<BitArray> Known = new(Read);

    /// <summary>The text with undrawable characters taken out and blanks tidied; empty when nothing is left.</summary>
    internal static string Keep(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (kept.Length > 0 && kept[^1] != ' ')
                {
                    kept.Append(' ');
                }
            }
            else if (Known.Value[rune.Value])
            {
                kept.Append(rune);
            }
        }
        return kept.ToString().TrimEnd();
    }

    private static BitArray Read()
    {
        var known = new BitArray(0x110000);
        foreach (var name in (string[])["Inter_400Regular.ttf", "NotoSansSC_400Regular.ttf"])
        {
            ReadFont(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "native", "fonts", name)), known);
        }

        return known;
    }

    // OpenType: table directory -> cmap -> the subtables of formats 4 and 12 (https://learn.microsoft.com/typography/opentype/spec/cmap).
    private static void ReadFont(ReadOnlySpan<byte> font, BitArray known)
    {
        for (var i = 0; i < Word(font, 4); i++)
        {
            var entry = font.Slice(12 + 16 * i, 16);
            if (!entry[..4].SequenceEqual("cmap"u8))
            {
                continue;
            }

            var cmap = font[(int)Long(entry, 8)..];
            for (var t = 0; t < Word(cmap, 2); t++)
            {
                var table = cmap[(int)Long(cmap, 4 + 8 * t + 4)..];
                if (Word(table, 0) == 12)
                {
                    ReadGroups(table, known);
                }
                else if (Word(table, 0) == 4)
                {
                    ReadSegments(table, known);
                }
            }
        }
    }

    private static void ReadGroups(ReadOnlySpan<byte> table, BitArray known)
    {
        for (var g = 0; g < Long(table, 12); g++)
        {
            for (var code = Long(table, 16 + 12 * g); code <= Long(table, 20 + 12 * g); code++)
            {
                known[(int)code] = true;
            }
        }
    }

    private static void ReadSegments(ReadOnlySpan<byte> table, BitArray known)
    {
        var doubled = Word(table, 6);
        for (var s = 0; s < doubled; s += 2)
        {
            for (int code = Word(table, 16 + doubled + s); code <= Word(table, 14 + s) && code < 0xffff; code++)
            {
                known[code] = true;
            }
        }
    }

    private static ushort Word(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt16BigEndian(data[at..]);

    private static uint Long(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
}
