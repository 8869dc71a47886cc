using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;

namespace Kinora.Adapters.Storage.S3;

/// <summary>
/// Results and inputs in a bucket, under the names they have on disk: <c>assets/ab/ab12…/video.mp4</c>, <c>inputs/sha256.png</c>. Scratch stays on local disk,
/// and so do copies for media tools, in <c>cache/</c> of the data folder.
/// </summary>
internal sealed class S3AssetStore : IAssetStore, IDisposable
{
    /// <summary>An upload in parts takes hours at most; what is older was left by a process that died.</summary>
    private static readonly TimeSpan AbandonedUpload = TimeSpan.FromDays(1);

    /// <summary>Anybody may ask whether the server is ready: not each of them is worth a request that somebody pays for.</summary>
    private static readonly TimeSpan FreshCheck = TimeSpan.FromSeconds(5);

    private readonly string _dataFolder;
    private readonly StorageOptions _options;
    private readonly S3Bucket _bucket;
    private readonly TimeProvider _time;
    private readonly ScratchFolders _scratch;
    private readonly S3LocalCopies _copies;
    private long _usableAt;

    public S3AssetStore(string dataFolder, StorageOptions options, S3Place place, TimeProvider time)
    {
        _dataFolder = dataFolder;
        _options = options;
        _time = time;
        _bucket = new S3Bucket(place);
        _scratch = new ScratchFolders(dataFolder);
        _copies = new S3LocalCopies(Path.Combine(dataFolder, "cache"), place.CacheBytes, FreeBytes, time);
    }

    public string WorkFolder(JobId job) => _scratch.Ensure(job);

    public async Task AdoptAsync(string workFile, Asset asset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (new FileInfo(workFile).Length is var bytes && bytes != asset.Bytes)
        {
            throw new KinoraException(
                ErrorCodes.AssetInvalid, "The result changed while it was being stored.", $"{asset.FileName}: {bytes} bytes, {asset.Bytes} expected");
        }

        var key = KeyOf(asset);
        if (bytes > S3Upload.PartBytes)
        {
            // A job has one worker: these are of a try that was cut off.
            await _bucket.AbortUploadsAsync(key, DateTimeOffset.MaxValue, cancel);
        }

        await _bucket.PutAsync(key, workFile, new S3Content(bytes, asset.Sha256, asset.MimeType), onlyNew: false, cancel);
    }

    public async Task<Stream> OpenAsync(Asset asset, CancellationToken cancel) => await TryOpenAsync(KeyOf(asset), cancel) ?? throw Missing();

    public async Task<string> LocalPathAsync(Asset asset, CancellationToken cancel) =>
        await _copies.GetAsync(StoredNames.Copy(asset), asset.Sha256, () => TryOpenAsync(KeyOf(asset), cancel), cancel) ?? throw Missing();

    public async Task<bool> ExistsAsync(Asset asset, CancellationToken cancel) => (await _bucket.HeadAsync(KeyOf(asset), cancel))?.Bytes == asset.Bytes;

    public async Task DeleteAsync(JobId job, CancellationToken cancel)
    {
        _scratch.Clear(job);
        _copies.Remove(job.Hex);
        var folder = FolderOf(job);
        foreach (var key in await _bucket.ListAsync(folder, cancel))
        {
            await _bucket.DeleteAsync(key, cancel);
            CrashPoints.Hit(CrashPoints.MidDelete);
        }

        await _bucket.AbortUploadsAsync(folder, DateTimeOffset.MaxValue, cancel);
    }

    public void ClearWork(JobId job) => _scratch.Clear(job);

    /// <summary>Each machine has scratch of its own: who takes a job over must find what came with its answer.</summary>
    public async Task ShareWorkAsync(JobId job, IReadOnlyList<string> files, CancellationToken cancel)
    {
        foreach (var name in files)
        {
            var path = Path.Combine(WorkFolder(job), StoredNames.Plain(name));
            var (bytes, hash) = await FileHash.OfAsync(path, cancel);
            await _bucket.PutAsync(SharedWork(job) + name, path, new S3Content(bytes, hash, "application/octet-stream"), onlyNew: false, cancel);
        }
    }

    public async Task<bool> FetchWorkAsync(JobId job, CancellationToken cancel)
    {
        var brought = false;
        foreach (var key in await _bucket.ListAsync(SharedWork(job), cancel))
        {
            var path = Path.Combine(WorkFolder(job), StoredNames.Plain(key[SharedWork(job).Length..]));
            if (!File.Exists(path) && await TryOpenAsync(key, cancel) is { } stream)
            {
                await using (stream)
                await using (var file = new FileStream(path + ".part", FileMode.Create, FileAccess.Write))
                {
                    await stream.CopyToAsync(file, cancel);
                    file.Flush(flushToDisk: true);
                }

                File.Move(path + ".part", path, overwrite: true);
                brought = true;
            }
        }

        return brought;
    }

    public async Task UnshareWorkAsync(JobId job, CancellationToken cancel)
    {
        foreach (var key in await _bucket.ListAsync(SharedWork(job), cancel))
        {
            await _bucket.DeleteAsync(key, cancel);
        }
    }

    public async Task<InputImage> PutInputAsync(string workFile, CleanImage picture, CancellationToken cancel)
    {
        var (bytes, hash) = await FileHash.OfAsync(workFile, cancel);
        var image = new InputImage(hash, picture.MimeType, picture.Width, picture.Height, picture.Alpha);
        await PutAsync(workFile, StoredNames.Input(image), new S3Content(bytes, hash, picture.MimeType), cancel);
        return image;
    }

    public Task PutInputVideoAsync(string file, InputVideo video, CancellationToken cancel) =>
        PutAsync(file, StoredNames.Input(video), new S3Content(new FileInfo(file).Length, video.Sha256, video.MimeType), cancel);

    public Task<string> PathAsync(InputImage image, CancellationToken cancel) =>
        InputPathAsync(StoredNames.Input(image), image.Sha256, "A picture of this request is no longer in the store. Send it again.", cancel);

    public Task<string> PathAsync(InputVideo video, CancellationToken cancel) =>
        InputPathAsync(StoredNames.Input(video), video.Sha256, "The video that this starts from is no longer in the store.", cancel);

    public IReadOnlyList<WorkFolderInfo> ListWork() => _scratch.List();

    public Task SweepAsync(CancellationToken cancel)
    {
        _copies.Sweep();
        return _bucket.AbortUploadsAsync(_bucket.Place.Prefix, _time.GetUtcNow() - AbandonedUpload, cancel);
    }

    public async Task CheckAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref _usableAt) is not 0 and var at && _time.GetElapsedTime(at) < FreshCheck)
        {
            return;
        }

        await _bucket.CheckAsync(cancel);
        Volatile.Write(ref _usableAt, _time.GetTimestamp());
    }

    public long FreeBytes() => Math.Max(0, DiskRoom.FreeAt(_dataFolder) - _options.ReserveBytes);

    public void Dispose() => _bucket.Dispose();

    /// <summary>Of equal content one is written, however many come with it at once; one of another size under its name is damaged and written anew.</summary>
    private async Task PutAsync(string file, string name, S3Content content, CancellationToken cancel)
    {
        var key = InputKey(name);
        var known = await _bucket.HeadAsync(key, cancel);
        if (known?.Bytes != content.Bytes)
        {
            await _bucket.PutAsync(key, file, content, onlyNew: known is null, cancel);
        }

        await _copies.KeepAsync(name, file, cancel);
    }

    private async Task<string> InputPathAsync(string name, string hash, string missing, CancellationToken cancel) =>
        await _copies.GetAsync(name, hash, () => TryOpenAsync(InputKey(name), cancel), cancel) ?? throw new KinoraException(ErrorCodes.AssetMissing, missing);

    private async Task<Stream?> TryOpenAsync(string key, CancellationToken cancel) =>
        await _bucket.HeadAsync(key, cancel) is { } head ? new S3ReadStream(_bucket, key, head) : null;

    private string FolderOf(JobId job) => $"{_bucket.Place.Prefix}assets/{StoredNames.Folder(job)}/";

    private string SharedWork(JobId job) => FolderOf(job) + "work/";

    private string KeyOf(Asset asset) => FolderOf(asset.JobId) + StoredNames.Plain(asset.FileName);

    private string InputKey(string name) => $"{_bucket.Place.Prefix}inputs/{name}";

    private static KinoraException Missing() => new(ErrorCodes.AssetMissing, "The file of this result is no longer in the store.");
}
