using System.Diagnostics;
using System.Globalization;
using Kinora.Adapters.Providers;
using Kinora.Adapters.Sql;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Health;
using Kinora.Jobs;
using Kinora.Jobs.Steps;
using Kinora.Nodes;
using Kinora.Providers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinora.Bench;

/// <summary>
/// What it costs to watch jobs at every vendor at once: their real folders, at the pace each of them asks for, against the lab in another process. Beside it
/// what the same looks cost as bare HTTP calls. The jobs are of all ages, as in life.
/// </summary>
internal static class ProvidersBench
{
    private const int Jobs = 2_000;
    private const string Workflow = "made-here";
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    /// <summary>How long jobs take, evenly spread: what is usual for clips of some seconds.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Kind, address in the lab, a model, and a frame that it makes.</summary>
    private static readonly (string Kind, string Path, string Model, FrameSize Size)[] _vendors =
    [
        ("openai-videos", "/openai/v1", "lab-video", new FrameSize(1280, 720)),
        ("xai", "/xai/v1", "grok-imagine-video-1.5", new FrameSize(1280, 720)),
        ("ark", "/ark/api/v3", "seedance-1-5-pro-251215", new FrameSize(1280, 720)),
        ("minimax", "/minimax", "MiniMax-H3", new FrameSize(1366, 768)),
        ("gemini", "/gemini", "gemini-omni-1.2-flash", new FrameSize(1280, 720)),
        ("runway", "/runway", "gen4.5", new FrameSize(1280, 720)),
        ("openrouter", "/openrouter/api/v1", "lab/reel", new FrameSize(1280, 720)),
        ("fal", "/fal", "fal-ai/wan/v2.7", new FrameSize(1280, 720)),
        ("replicate", "/replicate/v1", "google/veo-3.1", new FrameSize(1280, 720)),
        ("juxin", "/juxin-unified", "sora-2-all", new FrameSize(1280, 720)),
        ("comfyui", "/comfy", Workflow, new FrameSize(1280, 720)),
    ];

    public static async Task<int> RunAsync()
    {
        using var scene = new ProgramScene();
        var (lab, url) = await scene.ServeAsync(scene.Program, "lab", "--urls", "http://127.0.0.1:0");
        try
        {
            await using var database = SqliteDatabase.Open(Path.Combine(scene.Folder, "kinora.db"));
            var store = new SqlJobStore(database, TimeProvider.System);
            var providers = new ProviderSet(Providers(url, scene.Folder));
            var ids = await FillAsync(store);
            var options = new JobOptions();
            var steps = new JobSteps(store, new EngineBench.NoAssets(scene.Folder), null!, null!, null!, options, new RetryRules(Random.Shared), NullLogger<JobSteps>.Instance);
            var breakers = new CircuitBreakers(
                new SqlHealthStore(database), new BreakerRules(options, Random.Shared), providers, TimeProvider.System, NullLogger<CircuitBreakers>.Instance);
            using var runner = new JobRunner(store, providers, steps, breakers, new OneNode(), options, TimeProvider.System, NullLogger<JobRunner>.Instance);
            using var stop = new CancellationTokenSource();
            var running = runner.RunAsync(stop.Token);
            await AllSentAsync(store);
            var ageing = AgeAsync(database, ids, stop.Token);

            // The rush of the creates settles, every job has had a look at its new age, and the compiler is done with what runs often.
            await Task.Delay(TimeSpan.FromSeconds(60), CancellationToken.None);

            var (looks, cpu, allocated, collections) = (await LooksAsync(url), EngineBench.Cpu(), GC.GetTotalAllocatedBytes(), GC.CollectionCount(0));
            await Task.Delay(Measured);
            var (used, rate) = ((EngineBench.Cpu() - cpu) / Measured, (await LooksAsync(url) - looks) / Measured.TotalSeconds);
            var memory = (PerLook: (GC.GetTotalAllocatedBytes() - allocated) / (rate * Measured.TotalSeconds) / 1024, Collections: GC.CollectionCount(0) - collections);
            await stop.CancelAsync();
            await running;
            await ageing;
            var bare = await BareAsync(url, rate);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {Jobs:N0} jobs in flight at {_vendors.Length} vendors, {Shortest.TotalMinutes:0} to {Longest.TotalMinutes:0} min long and of all ages, {Measured.TotalSeconds:0} s measured
                looks                 {rate:0} /s, {memory.PerLook:0.0} KiB allocated each, {memory.Collections} collections
                bare HTTP calls       {bare:P1} of one core
                engine and providers  {used:P1} of one core (goal: under 5 %)
                """));
            return 0;
        }
        finally
        {
            lab.Kill();
        }
    }

    private static IEnumerable<IMediaProvider> Providers(Uri lab, string folder)
    {
        var settings = _vendors.SelectMany(vendor => new KeyValuePair<string, string?>[]
        {
            new($"Providers:{vendor.Kind}:BaseUrl", new Uri(lab, vendor.Path).ToString()), new($"Providers:{vendor.Kind}:ApiKey", "lab-key"), new($"Providers:{vendor.Kind}:MaxConcurrent", "64"),
        });
        var faults = new List<string>();
        settings = settings.Append(new("Providers:comfyui:Workflows", WorkflowsIn(folder)));
        var read = new ProviderConfiguration(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new Dictionary<string, string>()).Read(faults);
        return faults.Count > 0
            ? throw new InvalidOperationException(string.Join(Environment.NewLine, faults))
            : read.Where(one => !one.Module.Environment.AlwaysOn).Select(one => one.Module.Create(one.Settings, new NoServices()));
    }

    private static string WorkflowsIn(string folder)
    {
        var made = Directory.CreateDirectory(Path.Combine(folder, "workflows")).FullName;
        File.WriteAllText(Path.Combine(made, $"{Workflow}.json"), """
            {
              "5": { "class_type": "EmptyHunyuanLatentVideo", "inputs": { "width": 1280, "height": 720, "length": 129 } },
              "6": { "class_type": "CLIPTextEncode", "inputs": { "text": "" } },
              "9": { "class_type": "SaveVideo", "inputs": { "fps": 16 } }
            }
            """);
        File.WriteAllText(Path.Combine(made, $"{Workflow}.bindings.json"), """
            {
              "prompt": { "node": "6", "input": "text" }, "output": "9", "frames": { "node": "5", "input": "length" }, "fps": { "node": "9", "input": "fps" },
              "width": { "node": "5", "input": "width" }, "height": { "node": "5", "input": "height" }, "seconds": { "min": 1, "max": 10 }
            }
            """);
        return made;
    }

    private static async Task<JobId[]> FillAsync(SqlJobStore store)
    {
        var random = new SystemRandomBytes();
        return await Task.WhenAll(Enumerable.Range(0, Jobs).Select(async number =>
        {
            var vendor = _vendors[number % _vendors.Length];
            var model = $"{vendor.Kind}/{vendor.Model}";
            var request = new GenerationRequest { Prompt = "A paper boat sails down a rainy street [lab:queued=1,running=100000]", Model = model, Size = vendor.Size, Seconds = 8 };
            var id = JobId.New(random);
            await store.CreateAsync(
                new NewJob(
                    new Job
                    {
                        Id = id,
                        Owner = "bench",
                        Provider = vendor.Kind,
                        Model = model,
                        BodyHash = "",
                        CreatedAt = DateTimeOffset.UtcNow,
                        RequestJson = System.Text.Json.JsonSerializer.Serialize(request, JobJson.Default.GenerationRequest),
                    },
                    null),
                CancellationToken.None);
            return id;
        }));
    }

    /// <summary>
    /// Gives the jobs the ages that jobs in flight have when as many begin as end: long ones are met more often, and each anywhere in its life. A job whose time has come
    /// is young again, as if it had ended and another had begun.
    /// </summary>
    private static async Task AgeAsync(SqliteDatabase database, JobId[] ids, CancellationToken stop)
    {
        var lives = new Dictionary<JobId, (DateTimeOffset Begun, TimeSpan Length)>();
        foreach (var id in ids)
        {
            var length = Length();
            while (Random.Shared.NextDouble() > length / Longest)
            {
                length = Length();
            }

            lives[id] = (DateTimeOffset.UtcNow - (length * Random.Shared.NextDouble()), length);
        }

        await BeginAsync(ids);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            var over = ids.Where(id => lives[id].Begun + lives[id].Length < DateTimeOffset.UtcNow).ToList();
            foreach (var id in over)
            {
                lives[id] = (DateTimeOffset.UtcNow, Length());
            }

            await BeginAsync(over);
        }

        static TimeSpan Length() => Shortest + ((Longest - Shortest) * Random.Shared.NextDouble());

        Task BeginAsync(IReadOnlyList<JobId> which) => database.WriteAsync(
            session => which.Sum(id => session.Execute("UPDATE jobs SET submitted_at = @begun WHERE id = @id", ("@begun", lives[id].Begun.Millis()), ("@id", id.Hex))),
            durable: false,
            CancellationToken.None);
    }

    private static async Task AllSentAsync(SqlJobStore store)
    {
        while (await store.CountByStatusAsync("bench", MediaKind.Video, CancellationToken.None) is var counts && counts.GetValueOrDefault(JobStatus.Running) < Jobs)
        {
            if (counts.Keys.FirstOrDefault(status => status.IsFinal()) is var end && end != JobStatus.Queued)
            {
                var one = (await store.ListAsync(new JobQuery("bench", 1) { PublicStatus = end.Word() }, CancellationToken.None)).Jobs[0];
                throw new InvalidOperationException($"{counts[end]} jobs are {end}; one at {one.Model}: {one.ErrorText}");
            }

            await Task.Delay(500);
        }
    }

    private static async Task<long> LooksAsync(Uri lab)
    {
        using var http = new HttpClient();
        using var counts = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync(new Uri(lab, "/lab/requests")));
        return counts.RootElement.GetProperty("jobs").EnumerateArray().Sum(job => job.GetProperty("polls").GetInt64());
    }

    /// <summary>As many requests a second to the same server, without an engine.</summary>
    private static async Task<double> BareAsync(Uri lab, double rate)
    {
        using var http = new HttpClient { BaseAddress = lab };
        var (cpu, clock, sent) = (EngineBench.Cpu(), Stopwatch.StartNew(), 0);
        var asked = new List<Task>();
        while (clock.Elapsed < Measured / 3)
        {
            for (var wanted = (int)(clock.Elapsed.TotalSeconds * rate); sent < wanted; sent++)
            {
                asked.Add(http.GetStringAsync(new Uri("/lab", UriKind.Relative)));
            }

            asked.RemoveAll(task => task.IsCompleted);
            await Task.Delay(5);
        }

        await Task.WhenAll(asked);
        return (EngineBench.Cpu() - cpu) / (Measured / 3);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
