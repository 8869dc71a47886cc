namespace Kinora.Catalog;

/// <summary>The frame sizes a model makes: a list, or a range of sides that are multiples of a step.</summary>
public sealed record SizeRule
{
    /// <summary>Shapes closer than about one part in a hundred count as one: 1366x768 is meant to be 16:9.</summary>
    private const double ShapeSteps = 50;

    /// <summary>Of any size that can be written.</summary>
    private const int LongestSide = 99_999;

    public IReadOnlyList<FrameSize> Allowed { get; init; } = [];

    public int MinSide { get; init; }

    public int MaxSide { get; init; }

    /// <summary>Each side is a multiple of this.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Fewest pixels of a frame; 0 for no such limit.</summary>
    public long MinPixels { get; init; }

    /// <summary>Most pixels of a frame; 0 for no such limit.</summary>
    public long MaxPixels { get; init; }

    /// <summary>How many times the shorter side the longer may be; 0 for no such limit.</summary>
    public int MaxRatio { get; init; }

    public required FrameSize Default { get; init; }

    public bool Allows(FrameSize size) => Allowed.Count > 0
        ? Allowed.Contains(size)
        : AllowsSide(size.Width) && AllowsSide(size.Height)
            && size.Pixels >= MinPixels && (MaxPixels == 0 || size.Pixels <= MaxPixels)
            && (MaxRatio == 0 || Math.Max(size.Width, size.Height) <= MaxRatio * Math.Min(size.Width, size.Height));

    /// <summary>The size it makes that is nearest to one it may not make: first in shape, then in the number of pixels.</summary>
    public FrameSize Nearest(FrameSize size) => Allows(size) ? size : (Allowed.Count > 0 ? Allowed : InRange(size))
        .OrderBy(one => Math.Round(Math.Abs(Math.Log(Shape(one) / Shape(size))) * ShapeSteps))
        .ThenBy(one => Math.Abs(one.Pixels - size.Pixels))
        .FirstOrDefault(Default);

    public override string ToString() => Allowed.Count > 0
        ? string.Join(", ", Allowed)
        : FormattableString.Invariant($"{MinSide} to {MaxSide} pixels a side{(Step == 2 ? ", even" : Step > 1 ? $", multiples of {Step}" : "")}")
            + (MaxPixels > 0 ? FormattableString.Invariant($", {MinPixels:N0} to {MaxPixels:N0} pixels in all") : "")
            + (MaxRatio > 0 ? FormattableString.Invariant($", at most {MaxRatio}:1") : "");

    /// <summary>The same in few words, for tables: <c>854x480 to 1920x1080, 21 sizes</c>.</summary>
    public string Brief() => Allowed.Count <= 3 ? ToString()
        : $"{Allowed.MinBy(one => one.Pixels)} to {Allowed.MaxBy(one => one.Pixels)}, {Allowed.Count} sizes";

    /// <summary>For each width the heights around the one that keeps the shape, as far as they are made.</summary>
    private IEnumerable<FrameSize> InRange(FrameSize size)
    {
        var (least, most) = (Multiple(MinSide), Math.Min(MaxSide, LongestSide) / Step * Step);
        for (var width = least; width <= most; width += Step)
        {
            var height = Math.Clamp(Multiple((int)(width / Shape(size))), least, most);
            foreach (var one in (int[])[height, height - Step])
            {
                if (new FrameSize(width, one) is var found && Allows(found))
                {
                    yield return found;
                }
            }
        }
    }

    private int Multiple(int side) => Math.Max(Step, (side + Step - 1) / Step * Step);

    private static double Shape(FrameSize size) => (double)size.Width / size.Height;

    private bool AllowsSide(int side) => side >= MinSide && side <= MaxSide && side % Step == 0;
}
