using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Kinora.Adapters.Sql;
using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Health;
using Kinora.Jobs;
using Kinora.Jobs.Steps;
using Kinora.Media;
using Kinora.Nodes;
using Kinora.Providers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinora.Bench;

/// <summary>What it costs to watch many jobs: CPU of the engine alone, of the bare HTTP calls, of both together; and how late a look is.</summary>
internal static class EngineBench
{
    private const int Jobs = 10_000;
    private const int LooksPerSecond = 1_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);
    internal static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync()
    {
        var (server, url) = StubServer.Start();
        try
        {
            using var http = new HttpClient { BaseAddress = url };
            var bare = await BareCallsAsync(http);
            var (alone, _, _) = await EngineAsync(null, InFile);
            var (engine, looks, lags) = await EngineAsync(http, InFile);
            lags.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {Jobs:N0} jobs in flight, {LooksPerSecond:N0} looks a second wanted, {Measured.TotalSeconds:0} s measured
                looks done             {looks / Measured.TotalSeconds:0} /s
                bare HTTP calls        {bare:P1} of one core
                engine without calls   {alone:P1} of one core (goal: at most 10 %)
                engine and HTTP calls  {engine:P1} of one core
                polls per CPU second   {looks / (engine * Measured.TotalSeconds):0}
                claim lag p50 / p99    {lags[lags.Count / 2]:0} / {lags[lags.Count * 99 / 100]:0} ms (goal: p99 under 250)
                """));
            return 0;
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<double> BareCallsAsync(HttpClient http)
    {
        await PaceAsync(http, TimeSpan.FromSeconds(3));
        var cpu = Cpu();
        await PaceAsync(http, Measured);
        return (Cpu() - cpu) / Measured;
    }

    private static async Task PaceAsync(HttpClient http, TimeSpan span)
    {
        var clock = Stopwatch.StartNew();
        var sent = 0;
        var running = new List<Task>();
        while (clock.Elapsed < span)
        {
            var wanted = (int)(clock.Elapsed.TotalSeconds * LooksPerSecond);
            for (; sent < wanted; sent++)
            {
                running.Add(LookAsync(http, "video_" + sent));
            }

            running.RemoveAll(t => t.IsCompleted);
            await Task.Delay(5);
        }

        await Task.WhenAll(running);
    }

    private static async Task<string> LookAsync(HttpClient http, string id)
    {
        using var response = await http.GetAsync(new Uri("/v1/videos/" + id, UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }

    internal static ISqlDatabase InFile(string folder) => SqliteDatabase.Open(Path.Combine(folder, "kinora.db"));

    /// <param name="measured">Called at both ends of the span that is measured.</param>
    internal static async Task<(double Cpu, int Looks, List<double> Lags)> EngineAsync(HttpClient? http, Func<string, ISqlDatabase> open, Action? measured = null)
    {
        var folder = Directory.CreateTempSubdirectory("kinora-bench-").FullName;
        try
        {
            await using var database = open(folder);
            var store = new SqlJobStore(database, TimeProvider.System);
            await FillAsync(store);
            var provider = new PolledProvider(http);
            var assets = new NoAssets(folder);
            var options = new JobOptions();
            var steps = new JobSteps(store, assets, null!, null!, null!, options, new RetryRules(new NoJitter()), NullLogger<JobSteps>.Instance);
            var providers = new ProviderSet([provider]);
            var breakers = new CircuitBreakers(
                new SqlHealthStore(database), new BreakerRules(options, new NoJitter()), providers, TimeProvider.System, NullLogger<CircuitBreakers>.Instance);
            using var runner = new JobRunner(store, providers, steps, breakers, new OneNode(), options, TimeProvider.System, NullLogger<JobRunner>.Instance);
            using var stop = new CancellationTokenSource();
            var running = runner.RunAsync(stop.Token);
            await Task.Delay(WarmUp);
            provider.Reset();
            measured?.Invoke();
            var cpu = Cpu();
            await Task.Delay(Measured);
            var used = (Cpu() - cpu) / Measured;
            measured?.Invoke();
            var (looks, lags) = provider.Take();
            await stop.CancelAsync();
            await running;
            return (used, looks, lags);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Jobs that the provider has already, their first looks spread evenly over one interval.</summary>
    private static async Task FillAsync(SqlJobStore store)
    {
        var random = new SystemRandomBytes();
        var request = System.Text.Json.JsonSerializer.Serialize(
            new GenerationRequest { Prompt = "A paper boat sails down a rainy street", Model = "polled/any", Size = new FrameSize(1280, 720), Seconds = 8 },
            JobJson.Default.GenerationRequest);
        var now = DateTimeOffset.UtcNow;
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => store.CreateAsync(
            new NewJob(
                new Job { Id = JobId.New(random), Owner = "bench", Provider = "polled", Model = "polled/any", RequestJson = request, BodyHash = "", CreatedAt = now },
                null),
            CancellationToken.None)));
        var far = now.AddMinutes(10);
        var claimed = await store.ClaimAsync(new ClaimRequest("bench", new Dictionary<string, int> { ["polled"] = Jobs }, now.AddSeconds(1), far), CancellationToken.None);
        await Task.WhenAll(claimed.Jobs.Select(async (job, i) =>
        {
            var lease = new JobLease(job.Id, job.Fence);
            await store.ApplyAsync(
                new JobUpdate { Lease = lease, From = JobStatus.Queued, To = JobStatus.Submitting, Now = now, Due = far, KeepLease = true }, CancellationToken.None);
            await store.ApplyAsync(
                new JobUpdate
                {
                    Lease = lease,
                    From = JobStatus.Submitting,
                    To = JobStatus.Running,
                    Now = now,
                    RemoteId = "video_" + i,
                    Due = DateTimeOffset.UtcNow.AddMilliseconds(2_000 + (i * 1_000.0 / LooksPerSecond)),
                },
                CancellationToken.None);
        }));
    }

    internal static TimeSpan Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private sealed class NoJitter : Random
    {
        public override double NextDouble() => 0;
    }

    /// <summary>Looks over HTTP and notes how much later than wanted each look began.</summary>
    private sealed class PolledProvider(HttpClient? http) : IMediaProvider
    {
        private readonly ConcurrentDictionary<JobId, long> _ended = new();
        private readonly ConcurrentBag<double> _lags = [];
        private int _looks;

        public string Name => "polled";

        public ProviderTraits Traits { get; } = new() { MaxConcurrent = 256, MinPoll = TimeSpan.FromSeconds((double)Jobs / LooksPerSecond) };

        public ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancel) => ValueTask.FromResult<IReadOnlyList<ModelInfo>>([]);

        public ValueTask<ModelInfo?> DescribeAsync(string modelName, CancellationToken cancel) => ValueTask.FromResult<ModelInfo?>(null);

        public Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken deadline) => throw new NotSupportedException();

        public Task<OpenOutcome> OpenAsync(RemoteJob job, RemoteOutput output, long offset, CancellationToken cancel) => throw new NotSupportedException();

        public async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
        {
            if (_ended.TryGetValue(job.JobId, out var ended))
            {
                _lags.Add((Stopwatch.GetElapsedTime(ended) - Traits.MinPoll).TotalMilliseconds);
            }

            if (http is not null)
            {
                _ = await LookAsync(http, job.RemoteId);
            }

            Interlocked.Increment(ref _looks);
            _ended[job.JobId] = Stopwatch.GetTimestamp();
            return new CheckOutcome.Running(null, "in_progress");
        }

        public void Reset()
        {
            _looks = 0;
            _lags.Clear();
        }

        public (int Looks, List<double> Lags) Take() => (_looks, [.. _lags]);
    }

    internal sealed class NoAssets(string folder) : IAssetStore
    {
        public string WorkFolder(JobId job) => Path.Combine(folder, job.Hex);

        public Task SweepAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task CheckAsync(CancellationToken cancel) => Task.CompletedTask;

        public long FreeBytes() => long.MaxValue;

        public void ClearWork(JobId job)
        {
        }

        public Task<string> PathAsync(InputImage image, CancellationToken cancel) => throw new NotSupportedException();

        public Task AdoptAsync(string workFile, Asset asset, CancellationToken cancel) => throw new NotSupportedException();

        public Task<Stream> OpenAsync(Asset asset, CancellationToken cancel) => throw new NotSupportedException();

        public Task<string> LocalPathAsync(Asset asset, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> ExistsAsync(Asset asset, CancellationToken cancel) => throw new NotSupportedException();

        public Task DeleteAsync(JobId job, CancellationToken cancel) => throw new NotSupportedException();

        public Task<InputImage> PutInputAsync(string workFile, CleanImage picture, CancellationToken cancel) => throw new NotSupportedException();

        public Task PutInputVideoAsync(string file, InputVideo video, CancellationToken cancel) => throw new NotSupportedException();

        public Task<string> PathAsync(InputVideo video, CancellationToken cancel) => throw new NotSupportedException();

        public IReadOnlyList<WorkFolderInfo> ListWork() => [];
    }
}
