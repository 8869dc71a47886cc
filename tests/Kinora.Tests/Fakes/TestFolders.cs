using Kinora.Adapters.Storage;
using Kinora.Folders;

namespace Kinora.Tests.Fakes;

/// <summary>The real folders, beneath a test's own.</summary>
internal static class TestFolders
{
    /// <param name="path">Where <c>videos</c>, <c>references</c> and <c>workspace</c> are made at first use.</param>
    public static UserFolders At(string path) => new(
        new SafeRoot(Path.Combine(path, "videos"), new FolderFaults("video folder", "Folders:Videos")),
        new SafeRoot(Path.Combine(path, "references"), new FolderFaults("reference folder", "Folders:References")),
        new SafeRoot(Path.Combine(path, "workspace"), new FolderFaults("workspace folder", "Folders:Workspace")));

    /// <summary>For tests that never use them.</summary>
    public static UserFolders None { get; } = At("/kinora-no-such-folder");
}
