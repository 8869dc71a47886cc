using Kinora.Errors;

namespace Kinora.References;

/// <summary>Reads a picture given as text: base64, or a data URL with base64 (whose word on the type is not believed). Blanks and line ends may be in it.</summary>
internal static class Base64Picture
{
    /// <summary>Longest text, in characters: the largest picture, with line ends. More is refused unread.</summary>
    public const int MaxCharacters = (int)(ReferenceImporter.MaxBytes / 3 * 4) + (1 << 20);

    private const int MaxPrefix = 200;
    private const int ChunkCharacters = 64 * 1024; // A multiple of 4: each chunk is base64 of its own.

    /// <summary>Writes the bytes that the text stands for.</summary>
    /// <exception cref="KinoraException"><c>image_too_large</c>, <c>invalid_image</c>.</exception>
    public static async Task WriteAsync(string text, Stream output, CancellationToken cancel)
    {
        if (text.Length > MaxCharacters)
        {
            throw new KinoraException(
                ErrorCodes.ImageTooLarge,
                FormattableString.Invariant($"The picture's base64 has {text.Length / 1048576.0:0.0} million characters; at most {ReferenceImporter.MaxBytes / 1_000_000} MB of picture are allowed."));
        }

        var chunk = new char[ChunkCharacters];
        var bytes = new byte[ChunkCharacters / 4 * 3];
        var (length, ended) = (0, false);
        for (var at = Begin(text); at < text.Length; at++)
        {
            if (text[at] is ' ' or '\t' or '\r' or '\n')
            {
                continue;
            }

            chunk[length++] = text[at];
            if (length == chunk.Length)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            // Padding ends the text: what follows it is no base64.
            if (length == 0)
            {
                return;
            }

            if (ended || !Convert.TryFromBase64Chars(chunk.AsSpan(0, length), bytes, out var count))
            {
                throw NotBase64();
            }

            ended = chunk[length - 1] == '=';
            await output.WriteAsync(bytes.AsMemory(0, count), cancel);
            length = 0;
        }
    }

    /// <returns>Where the base64 begins.</returns>
    private static int Begin(string text)
    {
        var start = 0;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        if (!text.AsSpan(start).StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return start;
        }

        var comma = text.AsSpan(start, Math.Min(MaxPrefix, text.Length - start)).IndexOf(',');
        return comma >= 0 && text.AsSpan(start, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase) ? start + comma + 1 : throw NotBase64();
    }

    private static KinoraException NotBase64() => new(
        ErrorCodes.InvalidImage, "The picture's text is no base64. Give the bytes of a PNG, JPEG or WebP file as base64, or as data:image/png;base64,...");
}
