using Kinora.Folders;

namespace Kinora.References;

/// <summary>Brings a file of the reference folder into a scratch folder of ours, where tools may open it by its path.</summary>
internal static class FolderPicture
{
    /// <param name="name">As a caller gave it.</param>
    /// <param name="path">Of a new local file.</param>
    public static async Task CopyAsync(IUserFolder folder, string name, string path, CancellationToken cancel)
    {
        var file = await folder.OpenAsync(name, cancel);
        await using var from = file.Content;
        ReferenceImporter.RefuseLarge(file.Info.Bytes);
        await using var to = new FileStream(path, FileMode.Create, FileAccess.Write);
        var buffer = new byte[1 << 16];
        int count;
        // The file may be growing.
        while ((count = await from.ReadAsync(buffer, cancel)) > 0)
        {
            ReferenceImporter.RefuseLarge(to.Position + count);
            await to.WriteAsync(buffer.AsMemory(0, count), cancel);
        }
    }
}
