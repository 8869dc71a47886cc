using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Providers;

namespace Kinora.Assets;

/// <summary>
/// Where results live: on disk, or in a bucket. A file appears under its final name only whole, and lasts from then on.
/// Safe for several processes on one store, as long as a job has one worker at a time. Anything that reads or writes stored files throws
/// <c>storage_unavailable</c> where the store does not answer or turns us away: nothing is lost, and the same again may succeed.
/// </summary>
public interface IAssetStore : IInputFiles
{
    /// <summary>Makes (when missing) and names the job's scratch folder on local disk.</summary>
    string WorkFolder(JobId job);

    /// <summary>
    /// Takes a finished local file into the store under a name of ours. Durable when it returns. Replaces an earlier try's file. The work file stays until
    /// <see cref="ClearWork"/>, so that a crash before the row is written loses nothing.
    /// </summary>
    /// <param name="asset">What it is, with name, hash and size already known.</param>
    /// <exception cref="KinoraException"><c>storage_full</c> when there is no room; nothing is left half.</exception>
    Task AdoptAsync(string workFile, Asset asset, CancellationToken cancel);

    /// <summary>Opens a stored file for reading, seekable.</summary>
    /// <exception cref="KinoraException"><c>asset_missing</c> when the file is not there.</exception>
    Task<Stream> OpenAsync(Asset asset, CancellationToken cancel);

    /// <summary>A path on local disk for tools, to be read only. It may be that of a copy, which lasts at least some minutes and for whoever has it open.</summary>
    Task<string> LocalPathAsync(Asset asset, CancellationToken cancel);

    /// <summary>True when the file is there with the size the row says.</summary>
    Task<bool> ExistsAsync(Asset asset, CancellationToken cancel);

    /// <summary>Removes every file of a job, scratch included. Nothing there is no error.</summary>
    Task DeleteAsync(JobId job, CancellationToken cancel);

    /// <summary>Removes the scratch folder of a job that has ended.</summary>
    void ClearWork(JobId job);

    /// <summary>
    /// Puts scratch files that exist nowhere else where every process finds them that shares this store. Nothing to do where the scratch folders themselves are
    /// shared.
    /// </summary>
    Task ShareWorkAsync(JobId job, IReadOnlyList<string> files, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Brings what was shared of a job into its scratch folder here, as far as it is not there.</summary>
    /// <returns>True when something was brought.</returns>
    Task<bool> FetchWorkAsync(JobId job, CancellationToken cancel) => Task.FromResult(false);

    /// <summary>Removes what was shared of a job's scratch files; what they became is stored.</summary>
    Task UnshareWorkAsync(JobId job, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Stores a clean re-encoded picture under its hash and returns it.</summary>
    Task<InputImage> PutInputAsync(string workFile, CleanImage picture, CancellationToken cancel);

    /// <summary>Stores a video under its hash: as a second name for the file where that can be, else as a copy.</summary>
    /// <param name="file">A file of this store, or a scratch file, that nobody writes to any more; it may be removed afterwards.</param>
    /// <param name="video">What it is; the hash must be that of its bytes.</param>
    /// <exception cref="KinoraException"><c>storage_full</c>.</exception>
    Task PutInputVideoAsync(string file, InputVideo video, CancellationToken cancel);

    /// <summary>The scratch folders there are, with the time of their last change; for the sweep after a crash.</summary>
    IReadOnlyList<WorkFolderInfo> ListWork();

    /// <summary>Removes what interrupted uploads left long ago, and local copies that nobody has asked for of late.</summary>
    Task SweepAsync(CancellationToken cancel);

    /// <summary>Tries whether results can be stored now, without leaving anything behind. May take as long as the storage does.</summary>
    /// <exception cref="KinoraException"><c>storage_full</c>, <c>storage_unavailable</c>; or whatever else hinders it.</exception>
    Task CheckAsync(CancellationToken cancel) => FreeBytes() > 0
        ? Task.CompletedTask
        : throw new KinoraException(ErrorCodes.StorageFull, "There is less free room than the reserve.");

    /// <summary>Free room on the local disk above the reserve, in bytes; large when unknown.</summary>
    long FreeBytes();
}

/// <param name="Job">A job, or a picture that is being imported.</param>
public sealed record WorkFolderInfo(JobId Job, DateTimeOffset ChangedAt);
