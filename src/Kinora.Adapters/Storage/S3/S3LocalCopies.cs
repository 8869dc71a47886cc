using System.Security.Cryptography;
using Kinora.Assets;
using Kinora.Errors;

namespace Kinora.Adapters.Storage.S3;

/// <summary>
/// Copies of objects on local disk, for tools that read files only; fetched when asked for, proved by their hash, named after it. The ones longest unused go when
/// together they take more than they may. They are copies: the folder may be emptied at any time.
/// </summary>
/// <param name="free">Room that is left on the disk, in bytes.</param>
internal sealed class S3LocalCopies(string folder, long mostBytes, Func<long> free, TimeProvider time)
{
    private const int BufferBytes = 256 << 10;

    /// <summary>Who was given a path has so long to open it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>A job's copy on a machine that has had no use for it: the job may have been deleted on another one.</summary>
    private static readonly TimeSpan Unused = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The path of a copy; null when there is no such object.</summary>
    /// <param name="name">Of the copy; another for other content.</param>
    /// <exception cref="KinoraException"><c>storage_unavailable</c>, <c>storage_full</c>, <c>storage_damaged</c>.</exception>
    public async Task<string?> GetAsync(string name, string sha256, Func<Task<Stream?>> open, CancellationToken cancel)
    {
        var path = Path.Combine(folder, name);
        if (IsThere(path))
        {
            return path;
        }

        // One fetch of a file is enough, however many want it.
        var gate = _gates[(uint)name.GetHashCode(StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync(cancel);
        try
        {
            if (IsThere(path))
            {
                return path;
            }

            await using var from = await open();
            if (from is null)
            {
                return null;
            }

            MakeRoom(from.Length);
            await FetchAsync(from, path, sha256, cancel);
            return path;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Keeps a file that has just been stored, as it is asked for soon: as a second name of it, where that can be.</summary>
    public async Task KeepAsync(string name, string file, CancellationToken cancel)
    {
        if (!IsThere(Path.Combine(folder, name)) && free() > 0)
        {
            MakeRoom(0);
            await FilePlacement.PlaceAsync(file, folder, name, _ => { }, cancel);
        }
    }

    /// <summary>Removes the copies whose names begin so.</summary>
    public void Remove(string beginning)
    {
        foreach (var file in List(beginning + "*"))
        {
            file.Delete();
        }
    }

    /// <summary>Removes what has long been of no use, and what interrupted fetches left.</summary>
    public void Sweep()
    {
        foreach (var file in List("*").Where(f => Age(f) > Unused))
        {
            file.Delete();
        }
    }

    private async Task FetchAsync(Stream from, string path, string sha256, CancellationToken cancel)
    {
        PrivateFolder.Ensure(folder);
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var to = new FileStream(part, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
                UnixCreateMode = PrivateFolder.FileMode,
            }))
            {
                if (await CopyAsync(from, to, cancel) != sha256)
                {
                    throw new KinoraException(ErrorCodes.StorageDamaged, "The file in the bucket is not the one that was stored there. Restore it from a backup.");
                }
            }

            File.Move(part, path, overwrite: true);
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            throw Full(fault);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Returns the hash of what was copied.</summary>
    private static async Task<string> CopyAsync(Stream from, FileStream to, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        while (await from.ReadAsync(buffer, cancel) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void MakeRoom(long wanted)
    {
        var all = List("*").OrderBy(f => f.LastWriteTimeUtc).ToList();
        var taken = all.Sum(Length);
        foreach (var file in all.Where(f => Age(f) > Grace))
        {
            if (taken + wanted <= mostBytes && free() >= wanted)
            {
                break;
            }

            taken -= Length(file);
            file.Delete();
        }

        if (free() < wanted)
        {
            throw Full(null);
        }
    }

    private bool IsThere(string path)
    {
        try
        {
            // Also tells when it was last used.
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private FileInfo[] List(string pattern) => new DirectoryInfo(folder) is { Exists: true } known ? known.GetFiles(pattern) : [];

    /// <summary>0 for one that has just got its name or gone: others fetch and clear here too.</summary>
    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private TimeSpan Age(FileInfo file) => time.GetUtcNow() - file.LastWriteTimeUtc;

    private static KinoraException Full(Exception? inner) =>
        new(ErrorCodes.StorageFull, "The disk of the data folder is full. Free some room, or lower Storage:S3:CacheMegabytes.", inner?.Message, inner);
}
