using System.ComponentModel.DataAnnotations;

namespace Kinora.Adapters.Storage;

/// <summary>Where results are kept. Section <c>Storage</c>.</summary>
internal sealed record StorageOptions
{
    /// <summary>Absolute path of the folder for results; null for <c>assets</c> in the data folder. May be on another volume.</summary>
    public string? Folder { get; init; }

    /// <summary>Keeps results and inputs in a bucket instead: the settings of Storage:S3 below. Null for the disk.</summary>
    public IReadOnlyDictionary<string, string?>? S3 { get; init; }

    /// <summary>Room on the disk that results (or, where those are in a bucket, scratch and copies) leave free, for the database and everything else, in MiB.</summary>
    [Range(0, 1 << 20)]
    public int ReserveMegabytes { get; init; } = 256;

    public long ReserveBytes => (long)ReserveMegabytes << 20;
}
