using System.Text.RegularExpressions;

namespace Kinora.Adapters.Providers.Animatic.Scenes.Figures;

/// <summary>What a figure stands on; the stage knows where that is in each place.</summary>
internal enum Stand
{
    Ground,
    Water,
    Sky,
    Table,
}

/// <summary>Which way a figure looks.</summary>
internal enum Facing
{
    Right,
    Left,

    /// <summary>It is never turned: it has a front, or words on it.</summary>
    Ahead,
}

/// <summary>
/// A subject drawn in flat shapes: origin at the middle of its foot, y upwards negative, colours as in daylight.
/// </summary>
/// <param name="Name">As the lexicon says it.</param>
/// <param name="Stand">What it stands on, floats on or flies in.</param>
/// <param name="Scale">Frame units (short side = 1) for 100 of its own.</param>
/// <param name="HalfWidth">How far it reaches to either side, in its own units.</param>
/// <param name="Shapes">SVG elements.</param>
internal sealed partial record Figure(string Name, Stand Stand, double Scale, double HalfWidth, string Shapes)
{
    /// <summary>Whether it glides on by itself (a car, a boat), in frame units a second.</summary>
    public double Drift { get; init; }

    /// <summary>Whether it sways up and down, in its own units.</summary>
    public double Bob { get; init; }

    /// <summary>A shadow lies under it, so many of its own units wide to either side; 0 is none.</summary>
    public double Shadow { get; init; }

    /// <summary>Which way it looks as it is drawn: it is turned to look into the frame.</summary>
    public Facing Facing { get; init; } = Facing.Right;

    /// <summary>Its shapes with every colour seen in the light of a scene.</summary>
    internal string In(Palette palette)
    {
        return Colour().Replace(Shapes, match =>
        {
            var own = Frames.Rgb.Hex(Convert.ToUInt32(match.Value[1..], 16));
            // Signs that shine keep their colour at night: the tones the data marks as light are near white yellow.
            if (own is { R: 255, G: > 200, B: < 190 and > 100 })
            {
                return match.Value;
            }
            // A subject keeps a little more of its own colour than the land: the eye should find it.
            return palette.Grade(own).Mix(own, palette.IsDark ? 0.34 : 0.3).ToString();
        });
    }

    [GeneratedRegex("#[0-9A-Fa-f]{6}")]
    private static partial Regex Colour();
}
