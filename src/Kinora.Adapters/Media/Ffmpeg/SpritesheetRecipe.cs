using Kinora.Media;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>One JPEG with a grid of stills. Cell n shows the frame that is on screen at (n + 0.5) * length / cells.</summary>
internal static class SpritesheetRecipe
{
    private const int MaxCellWidth = 320;
    private const int MaxCellHeight = 480;

    /// <summary>
    /// Pixels of the whole film (6 minutes of 720p, 40 seconds of 4K) above which only key frames are decoded: all of them would not be done in
    /// time. A still may then be some seconds early.
    /// </summary>
    private const double FullDecodePixels = 8e9;

    public static SpriteLayout Layout(MediaInfo info)
    {
        var (columns, rows) = info.Seconds switch
        {
            <= 8 => (4, 3),
            <= 20 => (5, 4),
            <= 60 => (6, 5),
            <= 300 => (8, 8),
            _ => (10, 10),
        };
        var (width, height) = FrameFit.Within(info, MaxCellWidth, MaxCellHeight);
        return new SpriteLayout(columns, rows, width, height);
    }

    public static IReadOnlyList<string> Arguments(string path, VideoContainer container, MediaInfo info, SpriteLayout layout, string output)
    {
        var cells = layout.Columns * layout.Rows;
        var step = FfmpegInput.Seconds(info.Seconds / cells);
        // Time starts half a cell early and the fps filter rounds up: each cell then shows the last frame at or before its own second.
        // The first frame is held backwards and the last one forwards, so that the grid is always full.
        var filter = $"setpts=PTS-STARTPTS-0.5*{step}/TB,fps=1/{step}:round=up:start_time=0,tpad=stop={cells}:stop_mode=clone,"
            + $"scale={layout.CellWidth}:{layout.CellHeight}:flags=bicubic,setsar=1,tile={layout.Columns}x{layout.Rows}";
        return
        [
            .. FfmpegOutput.Quiet,
            .. FfmpegInput.Arguments(path, container, IsLong(info) ? ["-skip_frame", "nokey"] : []),
            .. FfmpegOutput.PictureOnly,
            "-vf", filter,
            "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p",
            "-f", "image2", "-update", "1", FfmpegInput.Name(output),
        ];
    }

    private static bool IsLong(MediaInfo info) => (double)info.Width * info.Height * info.FrameRate * info.Seconds > FullDecodePixels;
}
