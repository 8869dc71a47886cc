using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Adapters.Storage;

/// <summary>
/// Puts a finished file under its final name so that the name never shows anything but the whole file: a second name for it (or a copy, from another
/// volume) with the ending <c>.part</c>, synced, renamed, the folder synced. On one volume the source and the stored file are then one file with two
/// names: a 4 GiB result is not written twice, and nobody may write into the source any more once a row names the result.
/// </summary>
internal static class FilePlacement
{
    private const int CopyBufferBytes = 1 << 20;

    /// <param name="roomFor">Throws <c>storage_full</c> when a copy of so many bytes would eat the reserve.</param>
    /// <exception cref="KinoraException"><c>storage_full</c>; nothing new is left behind.</exception>
    public static async Task PlaceAsync(string source, string folder, string name, Action<long> roomFor, CancellationToken cancel)
    {
        var part = Path.Combine(folder, $"{name}.{Guid.NewGuid():N}.part");
        try
        {
            PrivateFolder.Ensure(folder);
            if (!PosixFile.TryLink(source, part))
            {
                roomFor(new FileInfo(source).Length);
                await CopyAsync(source, part, cancel);
            }

            File.SetUnixFileMode(part, PrivateFolder.FileMode);
            await Task.Run(() => PosixFile.Sync(part), cancel);
            CrashPoints.Hit(CrashPoints.AssetSyncedNotRenamed);
            File.Move(part, Path.Combine(folder, name), overwrite: true);
            // Where both names are of one file already (the same work file again), the rename does nothing and leaves the part.
            File.Delete(part);
            PosixFile.SyncFolder(folder);
        }
        catch (Exception fault)
        {
            File.Delete(part);
            if (fault is IOException io && DiskFull.Is(io))
            {
                throw Full(io);
            }

            throw;
        }
    }

    /// <summary>Removes what an interrupted placement left.</summary>
    /// <param name="name">Of one file, or null for all of the folder.</param>
    public static void ClearParts(string folder, string? name = null)
    {
        if (Directory.Exists(folder))
        {
            foreach (var part in Directory.EnumerateFiles(folder, $"{name ?? "*"}.*.part"))
            {
                File.Delete(part);
            }
        }
    }

    public static KinoraException Full(Exception? inner = null) => new(
        ErrorCodes.StorageFull,
        "The disk for results is full. Free some room, move Storage:Folder to a larger disk, or lower Storage:ReserveMegabytes.",
        inner?.Message,
        inner);

    private static async Task CopyAsync(string source, string part, CancellationToken cancel)
    {
        await using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var to = new FileStream(part, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = PrivateFolder.FileMode,
        });
        await from.CopyToAsync(to, CopyBufferBytes, cancel);
    }
}
