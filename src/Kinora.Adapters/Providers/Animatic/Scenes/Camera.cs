using Kinora.Adapters.Providers.Animatic.Frames;
using Kinora.Adapters.Providers.Animatic.Shots;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>
/// The way a camera takes through a shot, in parts of the frame: offset of its centre and zoom, from 0 to 1 of the shot.
/// Zoom is never below one, so a picture as large as the frame plus the offsets always fills it.
/// </summary>
internal sealed record Camera
{
    private const double Ramp = 0.3;

    public required CameraMove Move { get; init; }

    /// <summary>How far the centre is from the middle at both ends, in parts of the frame's width and height.</summary>
    public double ReachX { get; init; }

    /// <inheritdoc cref="ReachX"/>
    public double ReachY { get; init; }

    public double From { get; init; } = 1;

    public double To { get; init; } = 1;

    /// <summary>Where a zoom goes, from the middle, in parts of the frame.</summary>
    public (double X, double Y) Focus { get; init; }

    /// <summary>Layers nearer and farther move differently (a camera that travels); a lens zoom moves all alike.</summary>
    public bool Parallax { get; init; } = true;

    /// <summary>Samples of the picture for one of the frame: zooms are drawn larger to stay sharp, the rest one to one to stay exact.</summary>
    internal double Density => From == To ? 1 : 1.1;

    internal static Camera For(CameraMove move, (double X, double Y) focus) => move switch
    {
        CameraMove.PanLeft => new Camera { Move = move, ReachX = -0.065 },
        CameraMove.PanRight => new Camera { Move = move, ReachX = 0.065 },
        CameraMove.TiltUp => new Camera { Move = move, ReachY = -0.06 },
        CameraMove.TiltDown => new Camera { Move = move, ReachY = 0.06 },
        CameraMove.TrackLeft => new Camera { Move = move, ReachX = -0.12 },
        CameraMove.TrackRight => new Camera { Move = move, ReachX = 0.12 },
        CameraMove.ZoomIn => new Camera { Move = move, To = 1.22, Focus = focus, Parallax = false },
        CameraMove.ZoomOut => new Camera { Move = move, From = 1.22, Focus = focus, Parallax = false },
        CameraMove.PushIn => new Camera { Move = move, To = 1.18, Focus = focus },
        CameraMove.PullBack => new Camera { Move = move, From = 1.18, Focus = focus },
        _ => new Camera { Move = move },
    };

    /// <summary>Where a frame of the given size looks at a layer of this depth (1 is the subject's) on a picture with these margins.</summary>
    internal View Look(double progress, double depth, int width, int height, double marginX, double marginY)
    {
        var p = Ease(progress);
        var near = Parallax ? depth : 1;
        var zoom = 1 + (From + (To - From) * p - 1) * near;
        var shift = 1 - 1 / zoom;
        var x = (ReachX * (2 * p - 1) * near + Focus.X * shift) * width;
        var y = (ReachY * (2 * p - 1) * near + Focus.Y * shift) * height;
        var left = marginX + width / 2.0 + x - (width / 2.0 - 0.5) / zoom;
        var top = marginY + height / 2.0 + y - (height / 2.0 - 0.5) / zoom;
        return new View(left * Density - 0.5, top * Density - 0.5, Density / zoom);
    }

    /// <summary>Starts and stops softly, steady between: a camera on a good head.</summary>
    internal static double Ease(double t)
    {
        t = Math.Clamp(t, 0, 1);
        if (t > 0.5)
        {
            return 1 - Ease(1 - t);
        }

        var u = Math.Min(1, t / Ramp);
        var travelled = Ramp * (u * u * u - u * u * u * u / 2) + Math.Max(0, t - Ramp);
        return travelled / (1 - Ramp);
    }
}
