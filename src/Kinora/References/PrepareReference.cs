using Kinora.Catalog;
using Kinora.Media;

namespace Kinora.References;

/// <summary>A picture of the reference folder to be made ready for a video: of exactly the size, upright, without metadata.</summary>
/// <param name="InputName">In the reference folder; it stays as it is.</param>
public sealed record PrepareReference(string InputName, FrameSize Size)
{
    public const int MinSide = 16;
    public const int MaxSide = 4096;

    /// <summary>In the reference folder, ending in .png, .jpg, .jpeg or .webp, which is also what is written. Null: <c>stem_1280x720.png</c> beside the input.</summary>
    public string? OutputName { get; init; }

    public FitMode Mode { get; init; } = FitMode.Crop;

    /// <summary><c>#rrggbb</c>, for padding and under what is transparent; null for black.</summary>
    public string? Background { get; init; }
}

/// <param name="OriginalWidth">As shown, upright, as the height.</param>
/// <param name="Bytes">Size of the new file.</param>
/// <param name="Path">Absolute; told only to callers on this machine.</param>
public sealed record PreparedReference(
    string OutputName, int OriginalWidth, int OriginalHeight, int Width, int Height, FitMode Mode, long Bytes, string Path);
