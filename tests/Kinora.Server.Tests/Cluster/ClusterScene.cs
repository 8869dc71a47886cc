using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Kinora.Tests.Sql;
using Kinora.Tests.Storage.S3;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Cluster;

/// <summary>Nodes that share a PostgreSQL server and a bucket and nothing else, each <c>kinora serve</c> with a data folder of its own.</summary>
internal sealed class ClusterScene : IAsyncDisposable
{
    /// <summary>Of a lease, in seconds.</summary>
    public const int Lease = 3;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly S3Server _bucket = new();
    private LabServer _lab = null!;
    private PostgresServer? _former;

    private ClusterScene()
    {
    }

    public List<Node> Nodes { get; } = [];

    public LabLedger Ledger => _lab.Ledger;

    public LabTraffic Traffic => _lab.Traffic;

    /// <summary>From the first node to the database, where a test has one.</summary>
    public StallingLine? Line { get; private set; }

    /// <summary>Of this cluster alone: it may be stopped.</summary>
    public PostgresServer Database { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="keyLimits">Of the key that all requests come with.</param>
    /// <param name="settings">More settings of all nodes.</param>
    /// <param name="line">Makes the line of the first node to the database.</param>
    public static async Task<ClusterScene> StartAsync(int nodes, string[]? keyLimits = null, IReadOnlyDictionary<string, string>? settings = null, Func<int, StallingLine>? line = null)
    {
        var scene = new ClusterScene { _lab = await LabServer.StartAsync(new LabOptions { Url = "http://127.0.0.1:0" }), Database = await PostgresServer.StartAsync() };
        await scene._bucket.InitializeAsync();
        for (var number = 0; number < nodes; number++)
        {
            scene.Nodes.Add(scene.NewNode());
            foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            {
                scene.Nodes[^1].Kinora.Environment[name] = value;
            }
        }

        var key = (await scene.Nodes[0].Kinora.RunAsync(["keys", "create", "--name", "cluster", .. keyLimits ?? []])).Out.Trim();
        if (line is not null)
        {
            scene.Line = line(scene.Database.Port);
            var environment = scene.Nodes[0].Kinora.Environment;
            environment["KINORA__Database"] = environment["KINORA__Database"].Replace($":{scene.Database.Port}/", $":{scene.Line.Port}/", StringComparison.Ordinal);
        }

        scene._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        await Task.WhenAll(scene.Nodes.Select(node => node.Served.StartAsync()));
        return scene;
    }

    /// <summary>The database dies and its standby stands in for it, at the end of the first node's line.</summary>
    public async Task FailOverAsync(PostgresServer standby)
    {
        _former = Database;
        await Database.StopAsync(crash: true);
        await standby.ExecuteAsync("SELECT pg_promote()");
        Line!.Server = standby.Port;
        Database = standby;
    }

    /// <summary>One more node.</summary>
    public async Task JoinAsync()
    {
        Nodes.Add(NewNode());
        await Nodes[^1].Served.StartAsync();
    }

    /// <summary>Asks a node for a video; where no answer comes, the next one is asked under the same key.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(int node, string key, string script = "running=3")
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, Of(node + attempt, "/api/videos"))
                {
                    Content = JsonContent.Create(new { prompt = $"A harbour at dawn, {key} [lab:{script}]", model = "lab/lab-video", size = "1280x720", seconds = "4" }),
                    Headers = { { "Idempotency-Key", key } },
                };
                using var reply = await _http.SendAsync(request, Cancel);
                var body = await reply.Content.ReadAsStringAsync(Cancel);
                if (reply.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    reply.StatusCode.ShouldBe(HttpStatusCode.OK, body);
                    return JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException && attempt < 2_000)
            {
            }

            await Task.Delay(100, Cancel);
        }
    }

    /// <summary>One create at one node, without a second try.</summary>
    public async Task<HttpStatusCode> TryCreateAsync(int node, string prompt)
    {
        using var reply = await _http.PostAsJsonAsync(Of(node, "/api/videos"), new { prompt, model = "lab/lab-video", size = "1280x720", seconds = "4" }, Cancel);
        return reply.StatusCode;
    }

    public async Task<HttpStatusCode> ReadyAsync(int node)
    {
        using var reply = await _http.GetAsync(Of(node, "/ready"), Cancel);
        return reply.StatusCode;
    }

    /// <summary>A sign-in of the admin.</summary>
    public async Task<string> TokenAsync(int node, string password)
    {
        using var reply = await _http.PostAsJsonAsync(Of(node, "/api/auth/login"), new { username = "admin", password }, Cancel);
        var body = await reply.Content.ReadAsStringAsync(Cancel);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!;
    }

    /// <summary>How a node answers when it is asked for a job.</summary>
    public async Task<HttpStatusCode> AskForAsync(int node, string id)
    {
        using var reply = await _http.GetAsync(Of(node, $"/api/videos/{id}"), Cancel);
        return reply.StatusCode;
    }

    /// <summary>The job as some node tells it, once it is so.</summary>
    public async Task<JsonElement> UntilAsync(int node, string id, Func<JsonElement, bool> so)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(_patience);
        var last = "";
        while (true)
        {
            try
            {
                using var reply = await _http.GetAsync(Of(node, $"/api/videos/{id}"), limit.Token);
                last = await reply.Content.ReadAsStringAsync(limit.Token);
                if (reply.IsSuccessStatusCode && JsonDocument.Parse(last).RootElement is var video && so(video))
                {
                    return video;
                }

                await Task.Delay(50, limit.Token);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                await Task.Delay(50, limit.Token);
            }
            catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
            {
                throw new ShouldAssertException($"{id} did not come so far: {last}");
            }
        }
    }

    public async Task<JsonElement> EndedAsync(int node, string id) => await UntilAsync(node, id, video => Stage(video) is "completed" or "failed" or "submission_unknown" or "expired");

    public static string Stage(JsonElement video) => video.GetProperty("kinora").GetProperty("stage").GetString()!;

    /// <summary>The film as a node sends it, against the hash that the row tells.</summary>
    public async Task ShouldServeAsync(int node, JsonElement video)
    {
        var bytes = await _http.GetByteArrayAsync(Of(node, $"/api/videos/{video.GetProperty("id").GetString()}/content"), Cancel);
        var film = video.GetProperty("kinora").GetProperty("files").EnumerateArray().First(file => file.GetProperty("variant").GetString() == "video");
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(film.GetProperty("sha256").GetString());
    }

    /// <summary>How often a job's log says that it came to an end.</summary>
    public async Task<long> EndsAsync(string id) =>
        (long)(await Database.ExecuteAsync($"SELECT COUNT(*) FROM events WHERE job_id = '{id.Replace("-", "", StringComparison.Ordinal)}' AND data LIKE '%\"completed\"%'"))!;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.Served.DisposeAsync();
            node.Kinora.Dispose();
        }

        _http.Dispose();
        await _lab.DisposeAsync();
        await _bucket.DisposeAsync();
        await (Line?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Database.DisposeAsync();
        await (_former?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private Uri Of(int node, string path) => new(new Uri(Nodes[node % Nodes.Count].Served.Url), path);

    private Node NewNode()
    {
        var kinora = new KinoraProgram();
        LabFixture.Use(kinora, _lab, "openai");
        foreach (var (name, value) in new[]
        {
            ("KINORA__Database", Database.Address),
            ("KINORA__Storage__S3__Endpoint", _bucket.Endpoint),
            ("KINORA__Storage__S3__Bucket", S3Server.Bucket),
            ("AWS_ACCESS_KEY_ID", S3Server.Key),
            ("AWS_SECRET_ACCESS_KEY", S3Server.Key),
            ("KINORA__Tokens__Secret", "of all nodes: thirty-two characters"),
            ("KINORA__Jobs__LeaseSeconds", Lease.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        })
        {
            kinora.Environment[name] = value;
        }

        return new Node(kinora, new ServedProduct(kinora));
    }

    internal sealed record Node(KinoraProgram Kinora, ServedProduct Served);
}
