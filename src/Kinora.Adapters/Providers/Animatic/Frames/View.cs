namespace Kinora.Adapters.Providers.Animatic.Frames;

/// <summary>Where a frame looks at a layer: the layer sample under the frame's first luma sample, and the step from one to the next.</summary>
internal readonly record struct View(double X, double Y, double Step);

/// <summary>Moving water: below the waterline (layer rows) the picture sways up and down in long slow waves.</summary>
internal readonly record struct Ripple(double Waterline, double Reach, double Height, double Length, double Phase)
{
    internal double At(double y)
    {
        var depth = y - Waterline;
        if (depth <= 0)
        {
            return y;
        }
        // Waves seen from the shore: close together at the horizon, long and high in front.
        var near = Math.Min(1, depth / Reach);
        var wave = Math.Sin(Math.Tau * Math.Sqrt(depth / Length) * 3 - Phase) + 0.4 * Math.Sin(Math.Tau * depth / Length * 1.7 + Phase * 0.6);
        return y + Height * (0.25 + 0.75 * near) * wave * Math.Min(1, depth / (Height * 3));
    }
}

/// <summary>A layer as a frame sees it.</summary>
internal readonly record struct PlacedLayer(Layer Layer, View View, Ripple? Ripple = null);

/// <summary>One scene at one moment: its layers from back to front and what falls in front of them.</summary>
internal sealed record SceneView(PlacedLayer[] Layers, FallingView? Falling = null);

/// <summary>Text that does not move with the camera.</summary>
internal readonly record struct PlacedOverlay(Layer Layer, short Opacity);

/// <summary>
/// All a frame is made of. The scene stands over <paramref name="Under"/> (the scene it dissolves from) with the share
/// <paramref name="Share"/> (Q15).
/// </summary>
internal sealed record FrameRecipe(SceneView Scene, SceneView? Under, short Share, IReadOnlyList<PlacedOverlay> Overlays);
