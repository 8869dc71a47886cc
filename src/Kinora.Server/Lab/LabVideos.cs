using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Kinora.Catalog;

namespace Kinora.Server.Lab;

/// <summary>Makes real test videos of exactly the asked size and length, once each.</summary>
internal sealed class LabVideos(string ffmpeg)
{
    private const int Kept = 64;

    // Shared by all labs of a process: a test suite starts many.
    private static readonly ConcurrentDictionary<(FrameSize Size, double Seconds), Lazy<Task<byte[]>>> _made = new();

    /// <summary>An MP4 (H.264, AAC, 24 frames a second).</summary>
    public async Task<byte[]> MakeAsync(FrameSize size, double seconds)
    {
        if (_made.Count >= Kept)
        {
            _made.Clear();
        }

        var entry = _made.GetOrAdd((size, seconds), key => new Lazy<Task<byte[]>>(() => RenderAsync(key.Size, key.Seconds)));
        try
        {
            return await entry.Value;
        }
        catch
        {
            _made.TryRemove((size, seconds), out _);
            throw;
        }
    }

    /// <summary>Begins to make it, so that it is there when it is asked for. A fault shows when it is.</summary>
    public void Prepare(FrameSize size, double seconds) =>
        _ = MakeAsync(size, seconds).ContinueWith(made => made.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private async Task<byte[]> RenderAsync(FrameSize size, double seconds)
    {
        var folder = Directory.CreateTempSubdirectory("kinora-lab-");
        try
        {
            var file = Path.Combine(folder.FullName, "video.mp4");
            var length = seconds.ToString("0.###", CultureInfo.InvariantCulture);
            var start = new ProcessStartInfo(ffmpeg) { RedirectStandardError = true, RedirectStandardInput = true };

            // Odd sides have no half-size colour planes.
            var planes = size.Width % 2 == 0 && size.Height % 2 == 0 ? "yuv420p" : "yuv444p";
            foreach (var argument in (string[])
            [
                "-nostdin", "-hide_banner", "-loglevel", "error", "-y",
                "-f", "lavfi", "-i", $"testsrc2=size={size}:rate=24,format={planes}",
                "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000",
                "-t", length,
                "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", planes,
                "-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", "-threads", "1", file,
            ])
            {
                start.ArgumentList.Add(argument);
            }

            using var child = Process.Start(start) ?? throw new InvalidOperationException($"{ffmpeg} did not start.");
            var complaint = await child.StandardError.ReadToEndAsync();
            await child.WaitForExitAsync();
            return child.ExitCode == 0 ? await File.ReadAllBytesAsync(file) : throw new InvalidOperationException($"ffmpeg: {complaint.Trim()}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
