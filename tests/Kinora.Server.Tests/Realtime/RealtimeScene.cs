using System.Globalization;
using System.Text.Json;
using Kinora.Configuration;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Configuration;
using Kinora.Server.Realtime;
using Kinora.Server.Security;
using Kinora.Server.Web;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

/// <summary>The real thing on a real port, over a real store; who may come in is a fake. It can be stopped and started again on the same port.</summary>
internal sealed class RealtimeScene : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly KinoraHost _host;
    private readonly RealtimeOptions _options;
    private WebApplication? _app;
    private RealtimeServer? _server;

    private RealtimeScene(RealtimeOptions options)
    {
        _options = options;
        _host = KinoraHost.Open(new KinoraConfiguration(new DataFolder(_folder.Path), new ConfigurationBuilder().Build(), new Dictionary<string, string>()));
    }

    public FakeAccess Access { get; } = new();

    public IJobStore Store => _host.Get<IJobStore>();

    /// <summary>The store as the server sees it.</summary>
    public FaultyStore ServedStore => field ??= new FaultyStore(Store);

    public EventPump Events => _host.Get<EventPump>();

    public int Port { get; private set; }

    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>Sessions that the server has.</summary>
    public int Count => _server!.Count;

    public static async Task<RealtimeScene> StartAsync(RealtimeOptions? options = null)
    {
        var scene = new RealtimeScene(options ?? new RealtimeOptions());
        await scene.StartAsync();
        return scene;
    }

    public async Task StopAsync()
    {
        await _app!.StopAsync();
        await _server!.DisposeAsync();
        await _app.DisposeAsync();
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        _app = builder.Build();
        _app.UseWebSockets();
        var hub = new SocketHub(Access, new FakeRow(), ServedStore, Events, _host.Get<IRandomBytes>(), TimeProvider.System, NullLogger<SocketHub>.Instance);
        var guard = new HostGuard(new ServerOptions { AllowedOrigins = "https://studio.example" }, [new Uri("http://127.0.0.1")]);
        _server = new RealtimeServer(_options, hub, guard, _host.Get<IRandomBytes>(), TimeProvider.System);
        _server.Map(_app);
        await _app.StartAsync();
        Port = new Uri(_app.Urls.First()).Port;
    }

    public async Task<JobId> AddAsync(string owner, MediaKind kind = MediaKind.Video, string prompt = "a fox in the snow")
    {
        var request = new GenerationRequest { Prompt = prompt, Kind = kind };
        return (await Store.CreateAsync(new NewJob(TestJobs.From(request, DateTimeOffset.UtcNow, owner), null), CancellationToken.None)).Job.Id;
    }

    /// <summary>Takes a job further, by any allowed way, to a state.</summary>
    public async Task MoveAsync(JobId id, JobStatus to, double? progress = null)
    {
        var job = (await Store.GetAsync(id, null, CancellationToken.None))!;
        JobStatus[] way = [JobStatus.Submitting, JobStatus.Running, JobStatus.Collecting, JobStatus.Completed];
        var at = job.Status;
        while (at != to)
        {
            var next = JobMoves.IsAllowed(at, to) ? to : way[Array.IndexOf(way, at) + 1];
            await ApplyAsync(job, at, next, next == to ? progress : null);
            at = next;
        }

        if (job.Status == to)
        {
            await ApplyAsync(job, to, to, progress);
        }
    }

    /// <summary>Makes one more event of a running job, of which nothing is seen outside.</summary>
    public async Task NoteAsync(JobId id)
    {
        var job = (await Store.GetAsync(id, null, CancellationToken.None))!;
        await ApplyAsync(job, JobStatus.Running, JobStatus.Running, null, Guid.NewGuid().ToString());
    }

    /// <summary>Waits until the server has so many sessions.</summary>
    public async Task UntilCountAsync(int count)
    {
        while (Count != count)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ApplyAsync(Job job, JobStatus from, JobStatus to, double? progress, string? reason = null)
    {
        var done = await Store.ApplyAsync(
            new JobUpdate
            {
                Lease = new JobLease(job.Id, job.Fence),
                From = from,
                To = to,
                Now = DateTimeOffset.UtcNow,
                Due = DateTimeOffset.UtcNow.AddHours(1),
                Progress = progress,
                Reason = reason ?? to.Word(),
                ErrorCode = to == JobStatus.Failed ? "provider_error" : null,
                ErrorText = to == JobStatus.Failed ? "The provider gave up." : null,
            },
            CancellationToken.None);
        if (!done)
        {
            throw new InvalidOperationException($"{from} to {to} was not written.");
        }
    }

    private sealed class FakeRow : IVideoRowWriter
    {
        public void Write(Utf8JsonWriter json, Job job)
        {
            json.WriteStartObject();
            json.WriteString("id", job.Id.Uuid);
            json.WriteString("prompt", job.Request.Prompt);
            json.WriteString("status", job.Status.PublicWord());
            json.WriteString("percent", job.Progress.ToString("P0", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
    }
}
