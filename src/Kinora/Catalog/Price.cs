namespace Kinora.Catalog;

/// <summary>What a price is for.</summary>
public enum PriceUnit
{
    Second,
    Job,
    Image,
}

/// <summary>A list price in US dollars per unit.</summary>
/// <param name="Usd">For frames of any size that no step names.</param>
public sealed record Price(decimal Usd, PriceUnit Per)
{
    /// <summary>Other prices of larger frames, from the smallest on.</summary>
    public IReadOnlyList<PriceStep> Larger { get; init; } = [];

    /// <summary>What each picture costs that comes in (frames and references), beside the rest.</summary>
    public decimal UsdPerInput { get; init; }

    /// <summary>Where it was read, if not where the other facts of its model come from.</summary>
    public string? Source { get; init; }

    public DateOnly? SourceDate { get; init; }

    /// <summary>What something of that kind should cost.</summary>
    /// <param name="size">Null: the smallest frames.</param>
    /// <param name="seconds">Null: not known.</param>
    /// <param name="images">How many pictures are made.</param>
    /// <param name="inputs">How many pictures come in.</param>
    /// <returns>US dollars; null when that cannot be known.</returns>
    public decimal? Estimate(FrameSize? size, double? seconds, int images, int inputs = 0)
    {
        var usd = size is { } frame ? Larger.LastOrDefault(step => Math.Min(frame.Width, frame.Height) >= step.Side)?.Usd ?? Usd : Usd;
        return (Per switch
        {
            PriceUnit.Second => usd * (decimal?)seconds,
            PriceUnit.Image => usd * images,
            _ => usd,
        }) + (UsdPerInput * inputs);
    }

    /// <summary>As people read it: <c>$0.08 to $0.25 a second</c>.</summary>
    public override string ToString()
    {
        if (Usd == 0 && Larger.Count == 0)
        {
            return "free";
        }

        var most = Larger.Count == 0 ? Usd : Larger.Max(step => step.Usd);
        var unit = Per switch { PriceUnit.Second => "a second", PriceUnit.Image => "a picture", _ => "a job" };
        return FormattableString.Invariant($"${Usd:0.00##}{(most > Usd ? FormattableString.Invariant($" to ${most:0.00##}") : "")} {unit}");
    }
}

/// <summary>The price of frames whose shorter side has at least that many pixels.</summary>
public sealed record PriceStep(int Side, decimal Usd);
