using System.Text;
using Kinora.Errors;
using Kinora.Media;

namespace Kinora.Characters;

/// <summary>What a character may be made of. Lengths of names count Unicode characters, as OpenAI's schema does.</summary>
public static class CharacterRules
{
    public const int MaxNameLength = 80;

    /// <summary>Longest video, in seconds.</summary>
    public const double MaxSeconds = 60;

    /// <summary>Largest video file, in bytes.</summary>
    public const long MaxBytes = 100_000_000;

    /// <param name="name">Trimmed.</param>
    internal static Fault? CheckName(string name)
    {
        var length = name.EnumerateRunes().Count();
        return length is 0 or > MaxNameLength ? new Fault("name", $"A name has 1 to {MaxNameLength} characters; this one has {length}.")
            : name.EnumerateRunes().Any(Rune.IsControl) ? new Fault("name", "A name holds no control characters.")
            : Generation.RequestRules.HasLoneSurrogate(name) ? new Fault("name", "The name is not valid Unicode text.")
            : null;
    }

    internal static Fault? CheckBytes(long bytes) => bytes switch
    {
        0 => new Fault("video", "The video is empty. Send an MP4, MOV or WebM file."),
        > MaxBytes => new Fault("video", FormattableString.Invariant($"The video has {bytes / 1e6:0.0} MB; at most {MaxBytes / 1_000_000} MB are allowed.")),
        _ => null,
    };

    internal static Fault? CheckLength(MediaInfo video) =>
        video.Seconds > MaxSeconds ? new Fault("video", FormattableString.Invariant($"The video is {video.Seconds:0.#} seconds long; at most {MaxSeconds} are allowed.")) : null;
}
