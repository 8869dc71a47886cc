namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>
/// A tile of rain or snow that repeats in both directions. Luma only: drops take the tint of what is behind them.
/// </summary>
internal sealed class Falling(int period) : IDisposable
{
    internal int Period { get; } = period;

    internal Plane Colour { get; } = new(period, period);

    internal Plane Alpha { get; } = new(period, period);

    /// <summary>Where drops are; <see cref="Survey"/> fills it when the tile is drawn.</summary>
    internal PlaneSurvey? Drops { get; private set; }

    internal void Survey() => Drops = new PlaneSurvey(Alpha, repeats: true);

    public void Dispose()
    {
        Colour.Dispose();
        Alpha.Dispose();
    }
}

/// <summary>The tile pushed right and down by so many samples.</summary>
internal readonly record struct FallingSheet(Falling Tile, double Right, double Down);

internal sealed record FallingView(IReadOnlyList<FallingSheet> Sheets);
