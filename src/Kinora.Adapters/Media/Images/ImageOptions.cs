using System.ComponentModel.DataAnnotations;

namespace Kinora.Adapters.Media.Images;

/// <summary>What pictures of strangers may be, and what decoding one may cost. Section <c>Images</c>.</summary>
internal sealed record ImageOptions
{
    /// <summary>Largest file, in MiB.</summary>
    [Range(1, 1024)]
    public int MaxMegabytes { get; init; } = 50;

    /// <summary>Largest width or height, in pixels.</summary>
    [Range(16, 65_535)]
    public int MaxSide { get; init; } = 16_384;

    /// <summary>Largest picture, in millions of pixels.</summary>
    [Range(1, 1000)]
    public int MaxMegapixels { get; init; } = 40;

    /// <summary>Seconds by the wall clock that one picture may take.</summary>
    [Range(1, 600)]
    public int WallSeconds { get; init; } = 5;

    /// <summary>Writable memory of one worker, in MiB. The default holds 40 million pixels of 16-bit RGBA twice.</summary>
    [Range(128, 65_536)]
    public int MemoryMegabytes { get; init; } = 768;

    /// <summary>Largest file one worker may write, in MiB. The default holds 40 million pixels of noise.</summary>
    [Range(1, 65_536)]
    public int OutputMegabytes { get; init; } = 192;

    /// <summary>Workers at once; more pictures wait. Time spent waiting does not count as theirs.</summary>
    [Range(1, 256)]
    public int Parallel { get; init; } = Math.Max(2, Environment.ProcessorCount);
}
