using System.Buffers;
using System.Diagnostics;
using Kinora.Assets;
using Kinora.Health;
using Kinora.Providers;

namespace Kinora.Jobs.Steps;

/// <summary>Brings one result into the job's work folder, in one piece: resumed only where the server proves that it is still the same file.</summary>
internal sealed class ResultDownload(JobWork work, RemoteJob job, IAssetStore assets)
{
    /// <summary>The largest result taken: 4 GiB.</summary>
    public const long MaxBytes = 4L << 30;

    private const int Resumes = 5;
    private const int BufferBytes = 128 << 10;
    private const long RoomCheckEvery = 16L << 20;
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(60);

    /// <summary>In each such span so many bytes must come, or the connection is given up and taken up anew.</summary>
    private const long LeastBytesPerSpan = 256 << 10;

    /// <summary>
    /// Returns the path of the whole file. What an earlier try brought is not fetched again: the store may be away for hours, and links live shorter.
    /// </summary>
    /// <exception cref="ResultFault">What went wrong and whether trying again makes sense.</exception>
    public async Task<string> FetchAsync(RemoteOutput output, int index, CancellationToken cancel)
    {
        if (output.WorkFile is { } name)
        {
            var local = Path.Combine(job.WorkFolder, Path.GetFileName(name));
            return File.Exists(local) || (await assets.FetchWorkAsync(job.JobId, cancel) && File.Exists(local)) ? local : throw new ResultFault(ResultFaultKind.Gone, "the finished file is not in the work folder any more.");
        }

        var whole = WholePath(index);
        if (File.Exists(whole))
        {
            return whole;
        }

        var path = Path.Combine(job.WorkFolder, FormattableString.Invariant($"output-{index}"));
        try
        {
            await DownloadAsync(output, path, cancel);
            File.Move(path, whole, overwrite: true);
            return whole;
        }
        catch (IOException fault) when (DiskFull.Is(fault))
        {
            File.Delete(path);
            throw new ResultFault(ResultFaultKind.NoRoom, "there is no room left on the disk.");
        }
    }

    /// <summary>It is of no use: the next try fetches it anew.</summary>
    public void Drop(int index) => File.Delete(WholePath(index));

    private string WholePath(int index) => Path.Combine(job.WorkFolder, FormattableString.Invariant($"whole-{index}"));

    private async Task DownloadAsync(RemoteOutput output, string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.Asynchronous);
        Part? known = null;
        for (var attempt = 0; ; attempt++)
        {
            if (attempt > Resumes)
            {
                throw new ResultFault(ResultFaultKind.Transient, "the download broke off again and again.");
            }

            var part = await OpenAsync(output with { Tag = known?.Tag }, known is { Tag: not null } ? file.Position : 0, cancel);
            await using (part.Body)
            {
                if (part.Offset != file.Position || (part.Offset > 0 && !part.IsSameFileAs(known)))
                {
                    // The range was ignored, or the file changed: a stitched file would be silently wrong.
                    if (part.Offset > 0)
                    {
                        known = null;
                        file.SetLength(0);
                        file.Position = 0;
                        continue;
                    }

                    file.SetLength(0);
                    file.Position = 0;
                }

                known = part;
                if (await CopyAsync(part, file, cancel))
                {
                    file.Flush(flushToDisk: true);
                    return;
                }
            }
        }
    }

    private async Task<Part> OpenAsync(RemoteOutput output, long offset, CancellationToken cancel)
    {
        var outcome = await work.Provider.OpenAsync(job, output, offset, cancel);
        work.Heard(ProviderSign.Of(outcome));
        return outcome switch
        {
            OpenOutcome.Opened { TotalBytes: > MaxBytes } => throw new ResultFault(ResultFaultKind.Invalid, "it is larger than 4 GiB."),
            OpenOutcome.Opened opened => new Part(opened.Body, opened.Offset, opened.TotalBytes, opened.Tag),
            OpenOutcome.Gone gone => throw new ResultFault(ResultFaultKind.Gone, gone.Text),
            OpenOutcome.Unreachable fault => throw new ResultFault(ResultFaultKind.Transient, fault.Text, fault.RetryAfter),
            OpenOutcome.Refused refused => throw new ResultFault(ResultFaultKind.Refused, refused.Text),
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    /// <summary>True when the whole file is there; false when the connection broke before.</summary>
    private async Task<bool> CopyAsync(Part part, FileStream file, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            var roomCheckedAt = -RoomCheckEvery;
            var (spanBegan, spanFrom) = (Stopwatch.GetTimestamp(), file.Position);
            while (true)
            {
                if (Stopwatch.GetElapsedTime(spanBegan) > SilenceLimit)
                {
                    if (file.Position - spanFrom < LeastBytesPerSpan)
                    {
                        return false;
                    }

                    (spanBegan, spanFrom) = (Stopwatch.GetTimestamp(), file.Position);
                }

                if (file.Position - roomCheckedAt >= RoomCheckEvery)
                {
                    roomCheckedAt = file.Position;
                    CheckRoom(part, file.Position);
                }

                silence.CancelAfter(SilenceLimit);
                var read = await part.Body.ReadAsync(buffer.AsMemory(0, BufferBytes), silence.Token);
                if (read == 0)
                {
                    return part.TotalBytes is null || file.Position == part.TotalBytes;
                }

                if (file.Position + read > (part.TotalBytes ?? MaxBytes))
                {
                    throw new ResultFault(
                        ResultFaultKind.Invalid, part.TotalBytes is null ? "it does not end within 4 GiB." : "more bytes came than were declared.");
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                CrashPoints.Hit(CrashPoints.MidDownload);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception fault) when (fault is HttpRequestException or System.Net.Http.HttpIOException || (fault is IOException io && !DiskFull.Is(io)))
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void CheckRoom(Part part, long done)
    {
        var wanted = part.TotalBytes is { } total ? total - done : RoomCheckEvery;
        if (assets.FreeBytes() < wanted)
        {
            throw new ResultFault(ResultFaultKind.NoRoom, "there is not enough room on the disk for it.");
        }
    }

    private sealed record Part(Stream Body, long Offset, long? TotalBytes, string? Tag)
    {
        public bool IsSameFileAs(Part? other) => other is not null && Tag is not null && Tag == other.Tag && TotalBytes == other.TotalBytes;
    }
}
