using Kinora.Adapters.Sql;
using Kinora.Adapters.Storage;
using Kinora.Assets;
using Kinora.Backups;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Adapters.Backups;

/// <summary>
/// Fills an empty data folder. The database gets its name last, when every file is in place, its hash was right, and every open job is marked: a restore that is
/// cut off leaves a folder without a database, never one that sends what may have been sent.
/// </summary>
internal sealed class BackupRestore(IAssetStore assets, DataFolder data, TimeProvider time)
{
    private string Part => data.Database + ".part";

    public static async Task UnpackSettingsAsync(string source, DataFolder data, CancellationToken cancel)
    {
        if (Directory.Exists(data.Path) && Directory.EnumerateFileSystemEntries(data.Path).Any())
        {
            throw NotEmpty();
        }

        var backup = await BackupSource.OpenAsync(source, cancel);
        await backup.ReadAsync(name => name == BackupNames.Settings, (entry, content) => WriteAsync(data, entry.Name, content, cancel), cancel);
    }

    public async Task<RestoreReport> RunAsync(string source, CancellationToken cancel)
    {
        if (Directory.EnumerateFileSystemEntries(data.Path).Any(e => Path.GetFileName(e) is not (BackupNames.Settings or "logs")))
        {
            throw NotEmpty();
        }

        var backup = await BackupSource.OpenAsync(source, cancel);
        if (backup.Manifest.Files.All(f => f.Name != BackupNames.Database))
        {
            throw BackupSource.Damaged("its database is elsewhere. Restore that with the database's own means, copy the files of the backup, then run `kinora restore mark --files`");
        }

        try
        {
            return await FillAsync(backup, cancel);
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            throw new KinoraException(ErrorCodes.StorageFull, "There is no room for what is to be restored. Empty the data folder and try again.", fault.Message, fault);
        }
        finally
        {
            SqliteCopy.Remove(Part);
        }
    }

    private async Task<RestoreReport> FillAsync(BackupSource backup, CancellationToken cancel)
    {
        await backup.ReadAsync(
            name => name != BackupNames.Settings && !name.StartsWith(BackupNames.Results, StringComparison.Ordinal),
            (entry, content) => WriteAsync(data, entry.Name == BackupNames.Database ? entry.Name + ".part" : entry.Name, content, cancel),
            cancel);
        SqliteCopy.Check(Part);
        RestoreReport report;
        await using (var database = SqliteDatabase.Open(Part))
        {
            await ResultsAsync(backup, new SqlJobStore(database, time), cancel);
            report = await new RestoreMark(database, time).RunAsync(backup.Manifest.MadeAt, backup.Manifest.WithFiles ? assets : null, cancel);
        }

        // Closed by its last user, so all of it is in the one file.
        PosixFile.Sync(Part);
        File.Move(Part, data.Database, overwrite: false);
        PosixFile.SyncFolder(data.Path);
        return report;
    }

    /// <summary>By the storage of the present settings, which need not be the one they came from.</summary>
    private async Task ResultsAsync(BackupSource backup, SqlJobStore jobs, CancellationToken cancel)
    {
        var scratch = Path.Combine(PrivateFolder.Ensure(Path.Combine(data.Path, "work")), "restored.part");
        await backup.ReadAsync(name => name.StartsWith(BackupNames.Results, StringComparison.Ordinal), async (entry, content) =>
        {
            var parts = entry.Name.Split('/');
            File.Delete(scratch);
            await using (var file = BackupTarget.CreatePrivately(scratch))
            {
                await content.CopyToAsync(file, cancel);
            }

            var job = JobId.TryParse(parts[1], out var id) ? await jobs.GetAsync(id, owner: null, cancel) : null;
            if (job?.Assets.FirstOrDefault(a => a.FileName == parts[2]) is { } asset && asset.Bytes == entry.Bytes && asset.Sha256 == entry.Sha256)
            {
                await assets.AdoptAsync(scratch, asset, cancel);
            }
        }, cancel);
        File.Delete(scratch);
    }

    private static async Task WriteAsync(DataFolder data, string name, Stream content, CancellationToken cancel)
    {
        var path = Path.Combine(data.Path, name);
        PrivateFolder.Ensure(Path.GetDirectoryName(path)!);
        await using var file = BackupTarget.CreatePrivately(path);
        await content.CopyToAsync(file, cancel);
        file.Flush(flushToDisk: true);
    }

    private static KinoraException NotEmpty() => new(
        ErrorCodes.FolderUnusable, "The data folder is not empty. A backup is restored into a new one only, so that nothing is lost: name it with --data.");
}
