using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic.Frames;
using Kinora.Adapters.Providers.Animatic.Shots;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>
/// A given picture as a scene. It starts as exactly that picture (zoom one, no offset) and only then moves; a move that would
/// need more than there is (pull back, zoom out) becomes a slow push, for nothing lies beyond the rim.
/// </summary>
internal sealed class PictureScene : IScene
{
    private const double Reach = 0.14;
    private readonly Layer _layer;
    private readonly int _width;
    private readonly int _height;
    private readonly CameraMove _move;

    private PictureScene(Layer layer, CameraMove move) =>
        (_layer, _width, _height, _move) = (layer, layer.Width, layer.Height, move);

    /// <summary>Cover-fits a validated picture file about its centre.</summary>
    internal static PictureScene Open(string path, int width, int height, CameraMove move)
    {
        using var fitted = Fit(path, width, height);
        return new PictureScene(LayerReader.ReadOpaque(fitted), move);
    }

    /// <summary>Takes a frame as it was decoded, sample by sample.</summary>
    internal static PictureScene FromFrame(ReadOnlySpan<byte> yuv420, int width, int height) =>
        new(LayerReader.ReadYuv(yuv420, width, height), CameraMove.Static);

    internal static VipsImage Fit(string path, int width, int height)
    {
        using var cover = VipsImageOperations.Thumbnail(path, width, height, VipsFit.Cover);
        using var srgb = cover.ToSrgb();
        return srgb.Flatten([255, 255, 255]);
    }

    public SceneView At(double progress, double seconds)
    {
        var p = Camera.Ease(progress);
        var zoom = _move == CameraMove.Static ? 1 : 1 + Reach * p;
        var (x, y) = _move switch
        {
            CameraMove.PanLeft or CameraMove.TrackLeft => (-1, 0),
            CameraMove.PanRight or CameraMove.TrackRight => (1, 0),
            CameraMove.TiltUp => (0, -1),
            CameraMove.TiltDown => (0, 1),
            _ => (0, 0),
        };
        // What the zoom sets free on each side is how far the frame may travel.
        var free = (1 - 1 / zoom) / 2;
        var left = _width * (0.5 + x * free) - (_width / 2.0 - 0.5) / zoom - 0.5;
        var top = _height * (0.5 + y * free) - (_height / 2.0 - 0.5) / zoom - 0.5;
        return new SceneView([new PlacedLayer(_layer, new View(left, top, 1 / zoom))]);
    }

    public void Dispose() => _layer.Dispose();
}
