using System.Diagnostics;
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
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinora.Bench.Sockets;

/// <summary>
/// Kinora's live updates in a process of their own, over a real store; everybody is let in as the same user. On stdin: <c>update</c> moves the user's job by
/// one per cent (at most 98 times) and says when that was committed, <c>started</c> says when the first socket of the last update had its turn,
/// <c>live</c> how many bytes of managed memory are in use. Times are those of <see cref="Stopwatch"/>.
/// </summary>
internal static class SocketServer
{
    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kinora-bench-");
        await using (var host = KinoraHost.Open(new KinoraConfiguration(new DataFolder(folder.FullName), new ConfigurationBuilder().Build(), new Dictionary<string, string>())))
        {
            var access = new OpenAccess();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            await using var app = builder.Build();
            app.UseWebSockets();
            var random = host.Get<IRandomBytes>();
            var hub = new SocketHub(access, new NoRow(), host.Get<IJobStore>(), host.Get<EventPump>(), random, TimeProvider.System, NullLogger<SocketHub>.Instance);
            await using var server = new RealtimeServer(
                new RealtimeOptions { MaxPerAddress = 0 }, hub, new HostGuard(new ServerOptions(), [new Uri("http://127.0.0.1")]), random, TimeProvider.System);
            server.Map(app);
            await app.StartAsync();
            Console.WriteLine(app.Urls.First());
            await ObeyAsync(host.Get<IJobStore>(), access);
            await app.StopAsync();
        }

        folder.Delete(recursive: true);
        return 0;
    }

    private static async Task ObeyAsync(IJobStore store, OpenAccess access)
    {
        var job = await AddAsync(store);
        var percent = 0;
        while (await Console.In.ReadLineAsync() is { } command)
        {
            if (command == "update")
            {
                access.First = 0;
                await ApplyAsync(store, job, JobStatus.Running, JobStatus.Running, ++percent / 100.0 + 0.001);
                Console.WriteLine(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
            }
            else if (command == "live")
            {
                Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                Console.WriteLine(access.First.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static async Task<Job> AddAsync(IJobStore store)
    {
        var job = new Job
        {
            Id = JobId.New(new SystemRandomBytes()),
            Owner = "bench",
            Provider = "bench",
            Model = "bench/model",
            RequestJson = JsonSerializer.Serialize(new GenerationRequest { Prompt = "a fox in the snow" }, JobJson.Default.GenerationRequest),
            BodyHash = "body",
            CreatedAt = DateTimeOffset.UtcNow,
        };
        await store.CreateAsync(new NewJob(job, null), CancellationToken.None);
        await ApplyAsync(store, job, JobStatus.Queued, JobStatus.Submitting, null);
        await ApplyAsync(store, job, JobStatus.Submitting, JobStatus.Running, null);
        return job;
    }

    private static Task<bool> ApplyAsync(IJobStore store, Job job, JobStatus from, JobStatus to, double? progress) => store.ApplyAsync(
        new JobUpdate { Lease = new JobLease(job.Id, 0), From = from, To = to, Now = DateTimeOffset.UtcNow, Due = DateTimeOffset.UtcNow.AddHours(1), Progress = progress },
        CancellationToken.None);

    private sealed class OpenAccess : ISocketAccess
    {
        private static readonly SocketUser Everybody = new("bench", "");

        /// <summary>When somebody was asked for first since it was set to 0: the moment the first message goes out.</summary>
        public long First { get; set; }

        public ValueTask<SocketUser?> IdentifyAsync(HttpContext handshake, JsonElement auth, CancellationToken cancel) => new(Everybody);

        public ValueTask<bool> StillGoodAsync(SocketUser user, CancellationToken cancel)
        {
            if (First == 0)
            {
                First = Stopwatch.GetTimestamp();
            }

            return new(true);
        }
    }

    private sealed class NoRow : IVideoRowWriter
    {
        public void Write(Utf8JsonWriter json, Job job)
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }
}
