using System.ComponentModel.DataAnnotations;

namespace Kinora.Uploads;

/// <summary>Settings <c>Uploads:…</c>.</summary>
public sealed record UploadOptions
{
    /// <summary>Most uploaded files of one user.</summary>
    [Range(1, 1_000_000)]
    public int MaxFiles { get; init; } = 10_000;

    /// <summary>Most characters of one user.</summary>
    [Range(1, 1_000_000)]
    public int MaxCharacters { get; init; } = 10_000;
}
