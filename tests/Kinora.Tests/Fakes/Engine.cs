using Kinora.Adapters.Sql;
using Kinora.Catalog;
using Kinora.Characters;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Health;
using Kinora.Images;
using Kinora.Jobs;
using Kinora.Jobs.Steps;
using Kinora.Nodes;
using Kinora.Providers;
using Kinora.References;
using Kinora.Sessions;
using Kinora.Tests.Media;
using Kinora.Uploads;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Kinora.Tests.Fakes;

/// <summary>
/// The engine over a real store in a folder of its own, with scripted surroundings and a clock that stands. Steps are run one by one by
/// <see cref="PassAsync"/>, without a runner; or by runners from <see cref="StartRunner"/>.
/// </summary>
internal sealed class Engine : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly List<SqliteDatabase> _databases = [];
    private UserFolders? _folders;

    public Engine(params FakeProvider[] providers)
    {
        All = providers.Length > 0 ? providers : [new FakeProvider()];
        Providers = new ProviderSet(All);
        Assets = new FakeAssets(_folder.Path);
        Store = OpenStore();
        Steps = NewSteps(Store);
    }

    public TestClock Clock { get; } = new();

    public FakeProvider[] All { get; }

    public FakeProvider Provider => All[0];

    public ProviderSet Providers { get; }

    public FakeAssets Assets { get; }

    public FakeMedia Media { get; } = new();

    public IJobStore Store { get; }

    public ISessionStore Sessions => new SqlSessionStore(_databases[0]);

    public ICharacterStore Characters => new SqlCharacterStore(_databases[0]);

    public IUploadStore Uploads => new SqlUploadStore(_databases[0]);

    /// <summary>The real folders, beneath the engine's own.</summary>
    public UserFolders Folders => _folders ??= TestFolders.At(_folder.Path);

    public JobSteps Steps { get; }

    /// <summary>Those of the process that the steps run in.</summary>
    public CircuitBreakers Breakers => field ??= NewBreakers();

    public JobOptions Options { get; init; } = new() { IdleMilliseconds = 10 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SqlJobStore OpenStore()
    {
        var database = SqliteDatabase.Open(_folder.File("kinora.db"));
        _databases.Add(database);
        return new SqlJobStore(database, Clock);
    }

    public JobSteps NewSteps(IJobStore store) =>
        new(store, Assets, Media, Media, new ImageWorkspace(Folders, Sessions), new JobOptions(), new RetryRules(new Random(1)), NullLogger<JobSteps>.Instance);

    public RequestReader NewReader(ReferenceImporter importer) =>
        new(Store, new MadePictures(Store, Assets, Uploads), importer, new UploadedVideos(new VideoImporter(Media, Assets, new SystemRandomBytes())), NewLastFrames(importer), Characters);

    public RequestCheck NewCheck(ModelCatalog catalog, ReferenceImporter importer) => new(catalog, importer, new Appending(NewLastFrames(importer), importer, Assets), Clock);

    private LastFrames NewLastFrames(ReferenceImporter importer) => new(Media, Assets, importer, new SystemRandomBytes());

    public IHealthStore Health => new SqlHealthStore(_databases[0]);

    /// <summary>As another process on the same data folder has them.</summary>
    public CircuitBreakers NewBreakers(IHealthStore? store = null) => new(
        store ?? Health, new BreakerRules(Options, new Random(1)), Providers, Clock, NullLogger<CircuitBreakers>.Instance);

    public async Task<JobId> AddAsync(string provider = "fake", string prompt = "a fox") =>
        (await Store.CreateAsync(new NewJob(TestJobs.New(Clock.Now, provider: provider, prompt: prompt), null), Cancel)).Job.Id;

    public async Task<JobId> AddAsync(GenerationRequest request) =>
        (await Store.CreateAsync(new NewJob(TestJobs.From(request, Clock.Now), null), Cancel)).Job.Id;

    public async Task<Job> GetAsync(JobId id) => (await Store.GetAsync(id, null, Cancel))!;

    /// <summary>Claims what is due, without working on it: what a worker that dies at once leaves behind.</summary>
    public Task<ClaimResult> ClaimAsync(IJobStore? store = null) => (store ?? Store).ClaimAsync(
        new ClaimRequest("test", All.ToDictionary(p => p.Name, _ => 100), Clock.Now, Clock.Now + Lease), Cancel);

    public JobWork Work(Job job, IJobStore? store = null, CircuitBreakers? breakers = null) => new(
        job,
        Providers.TryGet(job.Provider, out var provider) ? provider : throw new InvalidOperationException(),
        store ?? Store,
        breakers ?? Breakers,
        Clock,
        Lease,
        NullLogger.Instance);

    /// <summary>One step of every due job. Returns when the next job is due.</summary>
    public async Task<DateTimeOffset?> PassAsync()
    {
        foreach (var job in (await ClaimAsync()).Jobs)
        {
            using var work = Work(job);
            await Steps.RunAsync(work);
        }

        return (await Store.ClaimAsync(
            new ClaimRequest("looker", All.ToDictionary(p => p.Name, _ => 0), Clock.Now, Clock.Now), Cancel)).NextDue;
    }

    /// <summary>Lets time pass from one due moment to the next until the job is at an end. Returns every state it was seen in.</summary>
    public async Task<Job> RunAsync(JobId id, int mostPasses = 200)
    {
        for (var pass = 0; pass < mostPasses; pass++)
        {
            var next = await PassAsync();
            var job = await GetAsync(id);
            if (job.Status.IsFinal())
            {
                return job;
            }

            Clock.AdvanceTo(next!.Value);
        }

        return await GetAsync(id);
    }

    /// <summary>As a process of its own.</summary>
    public RunningEngine StartRunner(IJobStore? store = null)
    {
        store ??= Store;
        return new RunningEngine(new JobRunner(store, Providers, NewSteps(store), NewBreakers(), new OneNode(), Options, Clock, NullLogger<JobRunner>.Instance));
    }

    /// <summary>Waits, in real time, for something a runner will do soon.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what = "")
    {
        for (var i = 0; i < 1_000; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(10, Cancel);
        }

        throw new TimeoutException("It did not happen: " + what);
    }

    public Task UntilAsync(JobId id, Func<Job, bool> condition) => UntilAsync(async () => condition(await GetAsync(id)));

    public Task UntilAsync(JobId id, JobStatus status) => UntilAsync(async () => (await GetAsync(id)).Status == status, status.ToString());

    public async Task<IReadOnlyList<Kinora.Events.JobEvent>> EventsAsync(JobId id) =>
        (await Store.EventsAfterAsync(0, 100_000, Cancel)).Where(e => e.JobId == id).ToList();

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }

        _folder.Dispose();
    }
}

/// <summary>A runner at work; stopped when disposed.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public RunningEngine(JobRunner runner)
    {
        Runner = runner;
        Done = Task.Run(() => runner.RunAsync(_stop.Token));
    }

    public JobRunner Runner { get; }

    public Task Done { get; }

    public Task StopAsync()
    {
        _stop.Cancel();
        return Done.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        Runner.Dispose();
    }
}
