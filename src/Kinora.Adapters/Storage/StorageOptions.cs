using System.ComponentModel.DataAnnotations;

namespace Kinora.Adapters.Storage;

/// <summary>Where results are kept on disk. Section <c>Storage</c>.</summary>
internal sealed record StorageOptions
{
    /// <summary>Absolute path of the folder for results; null for <c>assets</c> in the data folder. May be on another volume.</summary>
    public string? Folder { get; init; }

    /// <summary>Room on the disk that results leave free, for the database and everything else, in MiB.</summary>
    [Range(0, 1 << 20)]
    public int ReserveMegabytes { get; init; } = 256;

    public long ReserveBytes => (long)ReserveMegabytes << 20;
}
