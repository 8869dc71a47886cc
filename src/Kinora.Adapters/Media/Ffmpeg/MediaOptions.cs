using System.ComponentModel.DataAnnotations;
using Kinora.Media;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>Which ffmpeg is used and what it may cost. Section <c>Media</c>.</summary>
internal sealed record MediaOptions
{
    /// <summary>Frames that the decoders, filters and the encoder's look ahead hold at once of each of two films, with room to spare.</summary>
    private const int JoinFrames = 60;

    /// <summary>As large as a fetched result may be.</summary>
    private const long JoinFileBytes = 4L << 30;

    /// <summary>A name to look for on PATH, or an absolute path. Version 5.1 or later.</summary>
    [Required]
    public string Ffmpeg { get; init; } = "ffmpeg";

    /// <inheritdoc cref="Ffmpeg"/>
    [Required]
    public string Ffprobe { get; init; } = "ffprobe";

    /// <summary>Seconds by the wall clock that one run may take.</summary>
    [Range(1, 3600)]
    public int WallSeconds { get; init; } = 30;

    /// <summary>Seconds by the wall clock that joining an extension to its video may take.</summary>
    [Range(1, 86_400)]
    public int JoinSeconds { get; init; } = 1800;

    /// <summary>Writable memory of one run, in MiB.</summary>
    [Range(64, 65536)]
    public int MemoryMegabytes { get; init; } = 512;

    /// <summary>Largest file one run may write, in MiB.</summary>
    [Range(1, 65536)]
    public int OutputMegabytes { get; init; } = 256;

    /// <summary>Runs at once; more wait. Time spent waiting does not count as theirs.</summary>
    [Range(1, 256)]
    public int Parallel { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Largest width or height of a video, in pixels.</summary>
    [Range(16, 65536)]
    public int MaxSide { get; init; } = 16_384;

    /// <summary>Largest frame of a video, in millions of pixels.</summary>
    [Range(1, 1000)]
    public int MaxMegapixels { get; init; } = 40;

    /// <summary>Frames a second.</summary>
    [Range(1, 1000)]
    public int MaxFrameRate { get; init; } = 240;

    /// <summary>Longest video, in seconds.</summary>
    [Range(1, 86_400)]
    public int MaxSeconds { get; init; } = 3600;

    /// <summary>Joining encodes both films anew: its memory grows with their frames, its file with their length.</summary>
    public MediaChildLimits JoinLimits(MediaInfo first, MediaInfo second) => ChildLimits with
    {
        Wall = TimeSpan.FromSeconds(JoinSeconds),
        CpuSeconds = JoinSeconds * 4,
        DataBytes = ((long)MemoryMegabytes << 20) + (JoinFrames * FrameBytes(first)) + (JoinFrames * FrameBytes(second)),
        FileBytes = JoinFileBytes,
    };

    public MediaChildLimits ChildLimits => new()
    {
        Wall = TimeSpan.FromSeconds(WallSeconds),
        CpuSeconds = WallSeconds * 4,
        DataBytes = (long)MemoryMegabytes << 20,
        FileBytes = (long)OutputMegabytes << 20,
    };

    private static long FrameBytes(MediaInfo info) => (long)info.Width * info.Height * 3 / 2;
}
