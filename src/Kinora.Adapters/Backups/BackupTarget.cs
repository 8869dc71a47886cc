using System.Formats.Tar;
using Kinora.Adapters.Storage;

namespace Kinora.Adapters.Backups;

/// <summary>Where a backup is written: a folder, or one tar file.</summary>
internal abstract class BackupTarget : IAsyncDisposable
{
    public abstract Task WriteAsync(string name, Stream content, CancellationToken cancel);

    /// <summary>All is written: now it may be found.</summary>
    public abstract Task CompleteAsync(CancellationToken cancel);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static bool IsTar(string path) => path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase);

    public static BackupTarget Open(string path) => IsTar(path) ? new Tar(path) : new Folder(path);

    public static FileStream CreatePrivately(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        BufferSize = 1 << 16,
        UnixCreateMode = PrivateFolder.FileMode,
    });

    private sealed class Folder(string path) : BackupTarget
    {
        public override async Task WriteAsync(string name, Stream content, CancellationToken cancel)
        {
            var file = Path.Combine(path, name);
            PrivateFolder.Ensure(Path.GetDirectoryName(file)!);
            await using var stream = CreatePrivately(file);
            await content.CopyToAsync(stream, cancel);
            stream.Flush(flushToDisk: true);
        }

        public override Task CompleteAsync(CancellationToken cancel)
        {
            PosixFile.SyncFolder(path);
            return Task.CompletedTask;
        }
    }

    private sealed class Tar : BackupTarget
    {
        private readonly string _path;
        private readonly FileStream _file;
        private readonly TarWriter _tar;
        private bool _complete;

        public Tar(string path)
        {
            _path = path;
            _file = CreatePrivately(path + ".part");
            _tar = new TarWriter(_file, TarEntryFormat.Pax, leaveOpen: true);
        }

        public override Task WriteAsync(string name, Stream content, CancellationToken cancel) => _tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = PrivateFolder.FileMode, DataStream = content }, cancel);

        public override async Task CompleteAsync(CancellationToken cancel)
        {
            await _tar.DisposeAsync();
            _file.Flush(flushToDisk: true);
            await _file.DisposeAsync();
            File.Move(_path + ".part", _path, overwrite: false);
            PosixFile.SyncFolder(Path.GetDirectoryName(_path)!);
            _complete = true;
        }

        public override async ValueTask DisposeAsync()
        {
            if (!_complete)
            {
                await _file.DisposeAsync();
                File.Delete(_path + ".part");
            }

            await base.DisposeAsync();
        }
    }
}
