namespace Kinora.Adapters.Storage;

/// <summary>The folders in which callers name files. Section <c>Folders</c>.</summary>
internal sealed record FolderOptions
{
    /// <summary>Absolute path of the folder that downloads are written to; null for `SORA_VIDEO_PATH`, else `videos` in the data folder. Made when only its last part is missing; must not be a link.</summary>
    public string? Videos { get; init; }

    /// <summary>Absolute path of the folder of reference pictures; null for `SORA_REFERENCE_PATH`, else `references` in the data folder. Otherwise as Videos.</summary>
    public string? References { get; init; }
}
