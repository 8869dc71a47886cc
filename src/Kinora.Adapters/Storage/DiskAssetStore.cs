using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;

namespace Kinora.Adapters.Storage;

/// <summary>
/// Results on local disk: <c>assets/ab/ab12…/video.mp4</c>. Scratch in <c>work/ab12…/</c> and inputs in <c>inputs/sha256.png</c> lie in the data
/// folder, even when the results are on another volume. Every part of a path is an id, a hash or a name of ours.
/// </summary>
internal sealed class DiskAssetStore(string dataFolder, StorageOptions options) : IAssetStore
{
    private readonly string _assets = options.Folder ?? Path.Combine(dataFolder, "assets");
    private readonly ScratchFolders _scratch = new(dataFolder);
    private readonly string _inputs = Path.Combine(dataFolder, "inputs");

    public string WorkFolder(JobId job) => _scratch.Ensure(job);

    public async Task AdoptAsync(string workFile, Asset asset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (new FileInfo(workFile).Length is var bytes && bytes != asset.Bytes)
        {
            throw new KinoraException(
                ErrorCodes.AssetInvalid, "The result changed while it was being stored.", $"{asset.FileName}: {bytes} bytes, {asset.Bytes} expected");
        }

        var folder = JobPath(asset.JobId);
        var name = StoredNames.Plain(asset.FileName);
        // A job has one worker: these are of a try that was cut off.
        FilePlacement.ClearParts(folder, name);
        await FilePlacement.PlaceAsync(workFile, folder, name, CheckRoom, cancel);
    }

    public Task<Stream> OpenAsync(Asset asset, CancellationToken cancel)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(
                AssetPath(asset), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(fault);
        }
    }

    public Task<string> LocalPathAsync(Asset asset, CancellationToken cancel) =>
        File.Exists(AssetPath(asset)) ? Task.FromResult(AssetPath(asset)) : throw Missing();

    public Task<bool> ExistsAsync(Asset asset, CancellationToken cancel) =>
        Task.FromResult(new FileInfo(AssetPath(asset)) is { Exists: true } file && file.Length == asset.Bytes);

    public Task DeleteAsync(JobId job, CancellationToken cancel)
    {
        var folder = JobPath(job);
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                File.Delete(file);
                CrashPoints.Hit(CrashPoints.MidDelete);
            }
        }

        ScratchFolders.RemoveTree(folder);
        _scratch.Clear(job);
        return Task.CompletedTask;
    }

    public void ClearWork(JobId job)
    {
        _scratch.Clear(job);
        FilePlacement.ClearParts(JobPath(job));
    }

    public async Task<InputImage> PutInputAsync(string workFile, CleanImage picture, CancellationToken cancel)
    {
        var (bytes, hash) = await FileHash.OfAsync(workFile, cancel);
        var image = new InputImage(hash, picture.MimeType, picture.Width, picture.Height, picture.Alpha);
        await PutAsync(workFile, StoredNames.Input(image), bytes, cancel);
        return image;
    }

    public Task PutInputVideoAsync(string file, InputVideo video, CancellationToken cancel) => PutAsync(file, StoredNames.Input(video), new FileInfo(file).Length, cancel);

    public Task<string> PathAsync(InputImage image, CancellationToken cancel)
    {
        var path = Path.Combine(_inputs, StoredNames.Input(image));
        return File.Exists(path)
            ? Task.FromResult(path)
            : throw new KinoraException(ErrorCodes.AssetMissing, "A picture of this request is no longer in the store. Send it again.");
    }

    public Task<string> PathAsync(InputVideo video, CancellationToken cancel)
    {
        var path = Path.Combine(_inputs, StoredNames.Input(video));
        return File.Exists(path)
            ? Task.FromResult(path)
            : throw new KinoraException(ErrorCodes.AssetMissing, "The video that this starts from is no longer in the store.");
    }

    public IReadOnlyList<WorkFolderInfo> ListWork() => _scratch.List();

    public async Task CheckAsync(CancellationToken cancel)
    {
        if (FreeBytes() <= 0)
        {
            throw FilePlacement.Full();
        }

        var probe = Path.Combine(PrivateFolder.Ensure(_assets), $"ready.{Guid.NewGuid():N}.part");
        try
        {
            await File.WriteAllBytesAsync(probe, [0], cancel);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    public Task SweepAsync(CancellationToken cancel) => Task.CompletedTask;

    public long FreeBytes() => Math.Max(0, Math.Min(DiskRoom.FreeAt(_assets), DiskRoom.FreeAt(dataFolder)) - options.ReserveBytes);

    private async Task PutAsync(string file, string name, long bytes, CancellationToken cancel)
    {
        if (new FileInfo(Path.Combine(_inputs, name)) is not { Exists: true } known || known.Length != bytes)
        {
            await FilePlacement.PlaceAsync(file, _inputs, name, CheckInputRoom, cancel);
        }
    }

    private void CheckRoom(long bytes) => CheckRoom(_assets, bytes);

    private void CheckInputRoom(long bytes) => CheckRoom(_inputs, bytes);

    private void CheckRoom(string folder, long bytes)
    {
        if (DiskRoom.FreeAt(folder) - options.ReserveBytes < bytes)
        {
            throw FilePlacement.Full();
        }
    }

    private string JobPath(JobId job) => Path.Combine(_assets, StoredNames.Folder(job));

    private string AssetPath(Asset asset) => Path.Combine(JobPath(asset.JobId), StoredNames.Plain(asset.FileName));

    private static KinoraException Missing(Exception? inner = null) =>
        new(ErrorCodes.AssetMissing, "The file of this result is no longer in the store.", inner?.Message, inner);
}
