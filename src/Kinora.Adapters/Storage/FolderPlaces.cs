using Kinora.Configuration;

namespace Kinora.Adapters.Storage;

/// <summary>
/// Where the user folders are, and that none of them lets callers name files of the program itself: a root must not hold, or lie in, the data folder or the
/// store of results. The two may be one folder, or lie in each other: nothing there is the program's own, and no file is replaced unasked.
/// </summary>
internal sealed record FolderPlaces(string Videos, string References, string Workspace)
{
    public static FolderPlaces Read(
        FolderOptions options, IReadOnlyDictionary<string, string> environment, DataFolder data, StorageOptions storage, ICollection<string> faults)
    {
        var own = new Own(data.Path, storage.Folder ?? data.Assets);
        return new FolderPlaces(
            Place("Folders:Videos", options.Videos, "SORA_VIDEO_PATH", own.Videos),
            Place("Folders:References", options.References, "SORA_REFERENCE_PATH", own.References),
            Place("Folders:Workspace", options.Workspace, null, own.Workspace));

        string Place(string setting, string? value, string? variable, string otherwise)
        {
            if (value is null && variable is not null && environment.TryGetValue(variable, out var text) && text.Trim().Length > 0)
            {
                (setting, value) = (variable, text);
            }

            if (Fault(value, value?.Trim() ?? otherwise, own) is { } fault)
            {
                faults.Add($"{(value is null ? "Storage:Folder" : setting)}: {fault}");
            }

            return value?.Trim() is { } path && Path.IsPathFullyQualified(path) ? path : otherwise;
        }
    }

    /// <param name="given">Null: the usual place.</param>
    private static string? Fault(string? given, string path, Own own)
    {
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return "an absolute path of a folder is expected.";
        }

        // As written, and as the links above it lead now. The usual places are ours: no disk is touched for them.
        var looks = given is not null;
        foreach (var way in Ways(path, looks))
        {
            if (Ways(own.Data, looks).Any(folder => Holds(way, folder) || (Holds(folder, way) && !Own.IsUsual(folder, way))))
            {
                return "it must not hold the data folder, nor lie in it beside the usual places: callers could reach the program's own files.";
            }

            if (Ways(own.Store, looks).Any(store => Holds(store, way) || Holds(way, store)))
            {
                return given is null
                    ? "the store of results must not be a folder of downloads or reference pictures, hold one or lie in one."
                    : "it must not hold the store of results, nor lie in it.";
            }
        }

        return null;
    }

    /// <summary>Also when both are one.</summary>
    private static bool Holds(string folder, string path) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : folder + '/', StringComparison.Ordinal);

    private static IEnumerable<string> Ways(string path, bool followLinks)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return followLinks ? [full, RealPath.Of(full)] : [full];
    }

    /// <summary>What belongs to the program.</summary>
    private sealed record Own(string Data, string Store)
    {
        public string Videos => Path.Combine(Data, "videos");

        public string References => Path.Combine(Data, "references");

        public string Workspace => Path.Combine(Data, "workspace");

        /// <summary>Whether a path lies in one of the usual places.</summary>
        public static bool IsUsual(string data, string path) =>
            UsualNames.Any(name => Holds(Path.Combine(data, name), path));

        private static readonly string[] UsualNames = ["videos", "references", "workspace"];
    }
}
