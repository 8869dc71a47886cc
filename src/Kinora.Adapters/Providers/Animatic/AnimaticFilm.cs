using Kinora.Adapters.Providers.Animatic.Shots;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>All that determines an animatic: the same film gives the same bytes on the same machine.</summary>
internal sealed record AnimaticFilm
{
    internal const int FramesPerSecond = 24;
    internal const int LeastSide = 128;
    internal const int MostSide = 3840;
    internal const double LeastSeconds = 1;
    internal const double MostSeconds = 60;

    public required IReadOnlyList<Shot> Shots { get; init; }

    /// <summary>Even, 128 to 3840.</summary>
    public required int Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public required int Height { get; init; }

    public required long Seed { get; init; }

    /// <summary>False gives a film without an audio track.</summary>
    public bool Audio { get; init; } = true;

    /// <summary>A validated PNG or JPEG: frame 0 is exactly this picture, cover-fitted, without text.</summary>
    public string? FirstFramePath { get; init; }

    /// <summary>A validated PNG or JPEG: the last frame is exactly this picture.</summary>
    public string? LastFramePath { get; init; }

    /// <summary>Pictures that stand for shots, in order, in place of drawn scenes; after the first frame's shot when there is one.</summary>
    public IReadOnlyList<string> Panels { get; init; } = [];

    /// <summary>Frames of the film: the shots' sum.</summary>
    internal int Frames => Shots.Sum(shot => shot.Frames);

    /// <summary>24 a second, to the nearest.</summary>
    internal static int FramesIn(double seconds) => (int)Math.Round(seconds * FramesPerSecond, MidpointRounding.AwayFromZero);

    /// <summary>A fault of the caller, who checks requests against the catalogue first.</summary>
    internal void Check()
    {
        foreach (var side in (int[])[Width, Height])
        {
            if (side is < LeastSide or > MostSide || side % 2 != 0)
            {
                throw new ArgumentException($"An animatic's sides are even numbers from {LeastSide} to {MostSide}, not {Width}x{Height}.");
            }
        }

        if (Shots.Count == 0)
        {
            throw new ArgumentException("An animatic needs a shot.");
        }
    }
}
