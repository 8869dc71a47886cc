using Kinora.Media;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>Sizes of stills: the shape of the film, never enlarged, sides even because the colour of WebP and JPEG is stored for pairs of pixels.</summary>
internal static class FrameFit
{
    public static (int Width, int Height) Within(MediaInfo info, int maxWidth, int maxHeight)
    {
        var scale = Math.Min(1, Math.Min((double)maxWidth / info.Width, (double)maxHeight / info.Height));
        return (Even(info.Width * scale), Even(info.Height * scale));
    }

    private static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
}
