using System.Globalization;
using System.Text;
using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>Writes shapes as SVG: the few that flat drawing needs. Numbers are invariant and short.</summary>
internal sealed class Pen
{
    private readonly StringBuilder _shapes = new();
    private readonly StringBuilder _defs = new();
    private int _gradients;

    internal bool IsEmpty => _shapes.Length == 0;

    internal Pen Rect(double x, double y, double width, double height, object fill, double opacity = 1, double radius = 0)
    {
        _shapes.Append(CultureInfo.InvariantCulture, $"<rect x='{x:0.#}' y='{y:0.#}' width='{width:0.#}' height='{height:0.#}' rx='{radius:0.#}' fill='{fill}'{Opacity(opacity)}/>");
        return this;
    }

    internal Pen Circle(double x, double y, double radius, object fill, double opacity = 1) => Ellipse(x, y, radius, radius, fill, opacity);

    internal Pen Ellipse(double x, double y, double radiusX, double radiusY, object fill, double opacity = 1)
    {
        _shapes.Append(CultureInfo.InvariantCulture, $"<ellipse cx='{x:0.#}' cy='{y:0.#}' rx='{radiusX:0.##}' ry='{radiusY:0.##}' fill='{fill}'{Opacity(opacity)}/>");
        return this;
    }

    internal Pen Polygon(object fill, double opacity, params ReadOnlySpan<(double X, double Y)> points)
    {
        _shapes.Append("<polygon points='");
        foreach (var (x, y) in points)
        {
            _shapes.Append(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#} ");
        }

        _shapes.Append(CultureInfo.InvariantCulture, $"' fill='{fill}'{Opacity(opacity)}/>");
        return this;
    }

    /// <summary>A smooth outline through points, closed down to <paramref name="bottom"/>.</summary>
    internal Pen Land(IReadOnlyList<(double X, double Y)> outline, double bottom, object fill, double opacity = 1)
    {
        _shapes.Append(CultureInfo.InvariantCulture, $"<path d='M{outline[0].X:0.#} {bottom:0.#}L{outline[0].X:0.#} {outline[0].Y:0.#}");
        for (var i = 1; i < outline.Count; i++)
        {
            var middle = (outline[i - 1].X + outline[i].X) / 2;
            _shapes.Append(CultureInfo.InvariantCulture, $"C{middle:0.#} {outline[i - 1].Y:0.#} {middle:0.#} {outline[i].Y:0.#} {outline[i].X:0.#} {outline[i].Y:0.#}");
        }
        _shapes.Append(CultureInfo.InvariantCulture, $"L{outline[^1].X:0.#} {bottom:0.#}Z' fill='{fill}'{Opacity(opacity)}/>");
        return this;
    }

    internal Pen Path(string data, object fill, double opacity = 1)
    {
        _shapes.Append(CultureInfo.InvariantCulture, $"<path d='{data}' fill='{fill}'{Opacity(opacity)}/>");
        return this;
    }

    internal Pen Line(double x1, double y1, double x2, double y2, object stroke, double width, double opacity = 1)
    {
        _shapes.Append(CultureInfo.InvariantCulture,
            $"<path d='M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}' stroke='{stroke}' stroke-width='{width:0.##}' stroke-linecap='round' fill='none'{Opacity(opacity)}/>");
        return this;
    }

    /// <summary>Shapes in their own units, placed with their origin at (x, y); negative scales mirror.</summary>
    internal Pen Group(string shapes, double x, double y, double scaleX, double scaleY, double turn = 0, double opacity = 1)
    {
        _shapes.Append(CultureInfo.InvariantCulture,
            $"<g transform='translate({x:0.##} {y:0.##}) rotate({turn:0.##}) scale({scaleX:0.####} {scaleY:0.####})'{Opacity(opacity)}>{shapes}</g>");
        return this;
    }

    /// <summary>A gradient from top to bottom (or left to right) of whatever it fills.</summary>
    internal string Fade(Rgb from, double fromOpacity, Rgb to, double toOpacity, bool across = false)
    {
        var id = $"g{_gradients++}";
        _defs.Append(CultureInfo.InvariantCulture,
            $"<linearGradient id='{id}' x1='0' y1='0' x2='{(across ? 1 : 0)}' y2='{(across ? 0 : 1)}'><stop offset='0' stop-color='{from}' stop-opacity='{fromOpacity:0.###}'/><stop offset='1' stop-color='{to}' stop-opacity='{toOpacity:0.###}'/></linearGradient>");
        return $"url(#{id})";
    }

    /// <summary>A soft round glow.</summary>
    internal Pen Glow(double x, double y, double radius, Rgb colour, double opacity)
    {
        var id = $"g{_gradients++}";
        _defs.Append(CultureInfo.InvariantCulture,
            $"<radialGradient id='{id}'><stop offset='0' stop-color='{colour}' stop-opacity='{opacity:0.###}'/><stop offset='.35' stop-color='{colour}' stop-opacity='{opacity * 0.45:0.###}'/><stop offset='1' stop-color='{colour}' stop-opacity='0'/></radialGradient>");
        return Circle(x, y, radius, $"url(#{id})");
    }

    /// <summary>The whole drawing, <paramref name="density"/> samples a unit.</summary>
    internal string Document(double width, double height, double density) => string.Create(CultureInfo.InvariantCulture,
        $"<svg xmlns='http://www.w3.org/2000/svg' width='{Math.Round(width * density)}' height='{Math.Round(height * density)}' viewBox='0 0 {width:0.###} {height:0.###}' preserveAspectRatio='none'><defs>{_defs}</defs>{_shapes}</svg>");

    private static string Opacity(double opacity) =>
        opacity >= 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" opacity='{Math.Max(0, opacity):0.###}'");
}
