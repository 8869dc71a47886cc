using System.Text.Json.Serialization;

namespace Kinora.Adapters.Backups;

/// <summary>What a backup holds. Written last: without it a backup is not complete.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";

    /// <summary>Grows when an older program could not read it.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Of the program that wrote it.</summary>
    public required string Kinora { get; init; }

    /// <summary>When the copy of the database was begun: what came later is not in it.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    public required bool WithFiles { get; init; }

    public required IReadOnlyList<BackupEntry> Files { get; init; }

    /// <summary>Files that the database names and that were not there.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}

/// <param name="Name">Relative, with <c>/</c>.</param>
internal sealed record BackupEntry(string Name, long Bytes, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;

/// <summary>The names in a backup.</summary>
internal static class BackupNames
{
    public const string Database = "kinora.db";
    public const string Settings = "kinora.json";

    /// <summary>Results, as <c>results/JOB/FILE</c>: the storage they go back to may be another than the one they came from.</summary>
    public const string Results = "results/";

    /// <summary>Folders of the data folder that are copied as they lie.</summary>
    public static readonly IReadOnlyList<string> Folders = ["inputs", "references", "workspace"];

    /// <summary>Scratch of jobs, of which only results are taken that are nowhere else.</summary>
    public const string Work = "work/";

    /// <summary>A backup may come from anywhere: nothing in it may name a file outside the data folder, or one of another kind.</summary>
    public static bool IsAllowed(string name)
    {
        var parts = name.Split('/');
        return parts.All(p => p.Length > 0 && p is not ("." or "..") && !p.Contains('\\') && !p.Contains('\0'))
            && (parts.Length == 1 ? IsTopFile(name) : name.StartsWith(Results, StringComparison.Ordinal) ? parts.Length == 3 : parts[0] + "/" == Work || Folders.Contains(parts[0]));
    }

    /// <summary>Keys and settings; not the database's own files, locks and leftovers.</summary>
    public static bool IsTopFile(string name) =>
        name == Database || (!name.StartsWith(Database, StringComparison.Ordinal) && name != BackupManifest.FileName && !name.EndsWith(".part", StringComparison.Ordinal) && !name.EndsWith(".lock", StringComparison.Ordinal) && name[0] != '.');
}
