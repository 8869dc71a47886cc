namespace Kinora.Adapters.Storage;

/// <summary>The folders in which callers name files. Section <c>Folders</c>.</summary>
internal sealed record FolderOptions
{
    /// <summary>Absolute path of the folder that downloads are written to; null for <c>SORA_VIDEO_PATH</c>, else <c>videos</c> in the data folder. Made when only its last part is missing; must not be a link.</summary>
    public string? Videos { get; init; }

    /// <summary>Absolute path of the folder of reference pictures; null for <c>SORA_REFERENCE_PATH</c>, else <c>references</c> in the data folder. Otherwise as Videos.</summary>
    public string? References { get; init; }

    /// <summary>Absolute path of the folder where copies of finished pictures are laid out with their metadata; null for <c>workspace</c> in the data folder. Otherwise as Videos.</summary>
    public string? Workspace { get; init; }
}
