using Kinora.Jobs;

namespace Kinora.Assets;

/// <summary>What a stored file is to its job.</summary>
public enum AssetRole
{
    Video,
    Image,

    /// <summary>WebP still of a video.</summary>
    Thumbnail,

    /// <summary>JPEG grid of stills over the length of a video.</summary>
    Spritesheet,
}

/// <summary>A file of a job in our store: whole, hashed and under a name of ours.</summary>
public sealed record Asset
{
    public required JobId JobId { get; init; }

    public required AssetRole Role { get; init; }

    /// <summary>0 for the first of its role; images may be several.</summary>
    public int Index { get; init; }

    /// <summary>Name beneath the job's folder, e.g. <c>video.mp4</c>. See <see cref="AssetNames"/>.</summary>
    public required string FileName { get; init; }

    public required string MimeType { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>Of a picture: it has an alpha channel.</summary>
    public bool Alpha { get; init; }

    /// <summary>Of a picture: the name of its copy in the workspace folder; null when there is none.</summary>
    public string? WorkspaceName { get; init; }

    /// <summary>Length in seconds, of videos.</summary>
    public double? Seconds { get; init; }

    /// <summary>Of a spritesheet: how many columns and rows of equal cells it has.</summary>
    public int? Columns { get; init; }

    public int? Rows { get; init; }
}

/// <summary>The names of files on disk. They are ours: nothing a caller or provider says is part of them.</summary>
public static class AssetNames
{
    public static string For(AssetRole role, int index, string extension) => role switch
    {
        AssetRole.Video => $"video{Number(index)}.{extension}",
        AssetRole.Image => $"image{Number(index)}.{extension}",
        AssetRole.Thumbnail => "thumbnail.webp",
        AssetRole.Spritesheet => "spritesheet.jpg",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    private static string Number(int index) => index == 0 ? "" : FormattableString.Invariant($"-{index + 1}");
}
