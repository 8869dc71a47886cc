using System.Text.Json;
using Kinora.Adapters.Sql;
using Kinora.Adapters.Storage;
using Kinora.Assets;
using Kinora.Backups;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Adapters.Backups;

/// <summary>
/// Writes backups. The database is copied first, in one moment; files are then taken by the rows of that copy, so that what is made meanwhile is simply not
/// in it. Of another kind of database than SQLite only the files are taken: it has means of its own.
/// </summary>
/// <param name="open">Opens the database, which a restore must not: there is none yet.</param>
internal sealed class DataBackups(Func<ISqlDatabase> open, IAssetStore assets, DataFolder data, TimeProvider time) : IBackups
{
    private const int Page = 500;

    public async Task<BackupReport> WriteAsync(string target, bool withFiles, CancellationToken cancel)
    {
        var path = Path.GetFullPath(target);
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new KinoraException(ErrorCodes.FileExists, "There is something of that name already. A backup replaces nothing: give it a name of its own.");
        }

        var copy = path.TrimEnd('/') + ".database.part";
        try
        {
            PrivateFolder.Ensure(Path.GetDirectoryName(path)!);
            SqliteCopy.Remove(copy);
            await using var to = BackupTarget.Open(path);
            return await WriteAsync(new Writing(to), copy, withFiles, cancel);
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            throw new KinoraException(ErrorCodes.StorageFull, "There is no room for the backup. What was written is not complete.", fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KinoraException(ErrorCodes.OutputNotWritable, "The backup cannot be written there.", fault.Message, fault);
        }
        finally
        {
            SqliteCopy.Remove(copy);
        }
    }

    public Task<RestoreReport> RestoreAsync(string source, CancellationToken cancel) => new BackupRestore(assets, data, time).RunAsync(source, cancel);

    public Task<RestoreReport> MarkAsync(bool files, CancellationToken cancel) => new RestoreMark(open(), time).RunAsync(madeAt: null, files ? assets : null, cancel);

    private async Task<BackupReport> WriteAsync(Writing to, string copy, bool withFiles, CancellationToken cancel)
    {
        var madeAt = time.GetUtcNow();
        var database = open();
        var isOurs = database is SqliteDatabase;
        if (isOurs)
        {
            SqliteCopy.Make(data.Database, copy);
            await to.FileAsync(BackupNames.Database, copy, cancel);
        }

        foreach (var file in new DirectoryInfo(data.Path).EnumerateFiles().Where(f => f.LinkTarget is null && f.Name != BackupNames.Database && BackupNames.IsTopFile(f.Name)))
        {
            await to.FileAsync(file.Name, file.FullName, cancel);
        }

        if (withFiles)
        {
            foreach (var folder in BackupNames.Folders)
            {
                await FolderAsync(to, folder, cancel);
            }

            await ResultsAsync(to, database, isOurs ? copy : null, cancel);
        }

        var manifest = new BackupManifest
        {
            Kinora = typeof(DataBackups).Assembly.GetName().Version!.ToString(3),
            MadeAt = madeAt,
            WithFiles = withFiles,
            Files = to.Entries,
            Missing = to.Missing,
        };
        await to.Target.WriteAsync(BackupManifest.FileName, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest)), cancel);
        await to.Target.CompleteAsync(cancel);
        return new BackupReport(to.Entries.Count, to.Entries.Sum(e => e.Bytes), to.Missing, isOurs ? null : PostgresHint);
    }

    /// <summary>The custom format is the one that pg_restore checks and can restore in one transaction (https://www.postgresql.org/docs/current/app-pgdump.html, read 2026-11-22).</summary>
    public const string PostgresHint =
        "The database is not in this backup: PostgreSQL has means of its own. Take it BEFORE the files, so that every row's file is there: " +
        "`pg_dump --format=custom --file=kinora.dump DATABASE`. After `pg_restore --dbname=DATABASE --exit-on-error --single-transaction kinora.dump`, and before any server starts: `kinora restore mark --files`.";

    /// <summary>Everything that lies there now; what vanishes meanwhile was removed by somebody.</summary>
    private async Task FolderAsync(Writing to, string name, CancellationToken cancel)
    {
        var root = new DirectoryInfo(Path.Combine(data.Path, name));
        foreach (var file in FilesIn(root))
        {
            await TryFileAsync(to, Path.GetRelativePath(data.Path, file.FullName), cancel);
        }
    }

    private async Task TryFileAsync(Writing to, string name, CancellationToken cancel)
    {
        try
        {
            await to.FileAsync(name, Path.Combine(data.Path, name), cancel);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
        }
    }

    /// <summary>Without links, and without what is just being written.</summary>
    private static IEnumerable<FileInfo> FilesIn(DirectoryInfo folder)
    {
        List<FileSystemInfo> there;
        try
        {
            there = [.. folder.EnumerateFileSystemInfos().Where(e => e.LinkTarget is null && !e.Name.EndsWith(".part", StringComparison.Ordinal))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }

        return there.OfType<FileInfo>().Concat(there.OfType<DirectoryInfo>().SelectMany(FilesIn));
    }

    private async Task ResultsAsync(Writing to, ISqlDatabase database, string? copy, CancellationToken cancel)
    {
        await using var own = copy is null ? null : SqliteDatabase.Open(copy);
        var jobs = new SqlJobStore(own ?? database, time);
        JobId? after = null;
        JobPage page;
        do
        {
            page = await jobs.ListAsync(new JobQuery(Owner: null, Page, after, OldestFirst: true) { WithFiles = true }, cancel);
            foreach (var job in page.Jobs)
            {
                foreach (var asset in job.Assets)
                {
                    await ResultAsync(to, asset, cancel);
                }

                // Paid, and nowhere else: the provider gave it with its answer.
                foreach (var output in job.Outputs.Where(o => o.WorkFile is not null && !job.Status.IsFinal()))
                {
                    await TryFileAsync(to, $"{BackupNames.Work}{job.Id.Hex}/{Path.GetFileName(output.WorkFile)}", cancel);
                }
            }

            after = page.Jobs.Count > 0 ? page.Jobs[^1].Id : null;
        }
        while (page.HasMore);
    }

    private async Task ResultAsync(Writing to, Asset asset, CancellationToken cancel)
    {
        var name = NameOf(asset);
        try
        {
            await using var content = await assets.OpenAsync(asset, cancel);
            await to.StreamAsync(name, content, content.Length, cancel);
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.AssetMissing)
        {
            // Deleted since the database was copied, or long gone: the restore tells.
            to.Missing.Add(name);
        }
    }

    public static string NameOf(Asset asset) => $"{BackupNames.Results}{asset.JobId.Hex}/{asset.FileName}";

    private sealed class Writing(BackupTarget target)
    {
        public BackupTarget Target => target;

        public List<BackupEntry> Entries { get; } = [];

        public List<string> Missing { get; } = [];

        public async Task FileAsync(string name, string path, CancellationToken cancel)
        {
            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
            await StreamAsync(name, content, content.Length, cancel);
        }

        public async Task StreamAsync(string name, Stream content, long length, CancellationToken cancel)
        {
            await using var hashed = new HashedStream(content, length);
            await target.WriteAsync(name, hashed, cancel);
            Entries.Add(new BackupEntry(name, hashed.Position, hashed.Sha256()));
        }
    }
}
