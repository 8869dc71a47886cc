using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kinora.Adapters.Sql;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Kinora.Tests.Sql;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Crash;

/// <summary>
/// A server that dies, with clients that do what clients do: each sends its create under a key of its own and, where no answer came, sends it again to the
/// next server. The lab's ledger tells what was paid; the oracles are in <see cref="ShouldAgreeAsync"/>.
/// </summary>
internal sealed class CrashScene : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    private readonly LabFixture _fixture;
    private readonly string? _schema;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly Dictionary<string, string> _acknowledged = [];
    private readonly HashSet<string> _asked = [];
    private ServedProduct _served;
    private TimeSpan _slowestStart;

    private CrashScene(LabFixture fixture, string? schema)
    {
        _fixture = fixture;
        _schema = schema;
        _served = new ServedProduct(fixture.Kinora);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="dialect">Of the lab: <c>openai</c> has a list of jobs, <c>trtllm</c> has none.</param>
    /// <param name="database"><c>sqlite</c>, or <c>postgres</c>: a schema of its own on the run's server.</param>
    public static async Task<CrashScene> NewAsync(string dialect, string database)
    {
        var fixture = await LabFixture.StartAsync(dialect);
        string? schema = null;
        if (database == "postgres")
        {
            var server = await SharedPostgres.GetAsync();
            schema = "crash_" + Guid.NewGuid().ToString("N");
            await server.ExecuteAsync($"CREATE SCHEMA {schema}");
            fixture.Kinora.Environment["KINORA__Database"] = $"{server.Address}?search_path={schema}";
        }

        var scene = new CrashScene(fixture, schema);
        var key = (await fixture.Kinora.RunAsync("keys", "create", "--name", "crash")).Out.Trim();
        scene._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return scene;
    }

    public LabServer Lab => _fixture.Lab;

    /// <summary>Starts a server that dies at that point, the n-th time it comes there.</summary>
    /// <param name="point">Null: it lives.</param>
    public async Task ServeAsync(string? point = null)
    {
        _fixture.Kinora.Environment.Remove("KINORA_CRASH_AT");
        if (point is not null)
        {
            _fixture.Kinora.Environment["KINORA_CRASH_AT"] = point;
        }

        _served = new ServedProduct(_fixture.Kinora);
        var started = Stopwatch.GetTimestamp();
        await _served.StartAsync();
        if (point is not null)
        {
            return;
        }

        (await _http.GetAsync(Of("/ready"), Cancel)).EnsureSuccessStatusCode().Dispose();
        _slowestStart = TimeSpan.FromTicks(Math.Max(_slowestStart.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
    }

    /// <param name="seconds">0: told, not judged; how fast a shared machine starts a program is no property of the program.</param>
    public void ShouldHaveBeenReadyIn(int seconds)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"slowest start: {_slowestStart.TotalSeconds:0.0} s");
        if (seconds > 0)
        {
            _slowestStart.ShouldBeLessThan(TimeSpan.FromSeconds(seconds));
        }
    }

    /// <summary>What a killed process left of the database is a sound one; PostgreSQL, which was not killed, needs no look.</summary>
    public void ShouldBeSound(string about)
    {
        if (_schema is null)
        {
            using var connection = SqliteLibrary.Open(Path.Combine(_fixture.Kinora.Data, "kinora.db"), busySeconds: 30);
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            check.ExecuteScalar().ShouldBe("ok", about);
        }
    }

    public Task DiedAsync() => _served.DiedAsync();

    public Task KillAsync() => _served.KillAsync();

    /// <summary>Creates that nobody has acknowledged yet, all at once; where the server dies on the way, they stay to be asked again.</summary>
    public Task AskAsync(params IEnumerable<string> names) => Task.WhenAll(names.Select(AskAsync));

    /// <summary>Those without an answer are asked again under their keys.</summary>
    public Task AskAgainAsync() => AskAsync(_asked.Where(name => !_acknowledged.ContainsKey(name)).ToList());

    public async Task DeleteAllAsync()
    {
        foreach (var id in _acknowledged.Values)
        {
            try
            {
                (await _http.DeleteAsync(Of($"/api/videos/{id}"), Cancel)).Dispose();
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    /// <summary>Everything that was asked for is at an end; returns the stage of each.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EndedAsync()
    {
        var stages = new Dictionary<string, string>();
        // Suspects end one after the other.
        using var limit = new CancellationTokenSource(_patience + (TimeSpan.FromSeconds(1) * _acknowledged.Count));
        while (stages.Count < _acknowledged.Count)
        {
            foreach (var (name, id) in _acknowledged.Where(a => !stages.ContainsKey(a.Key)))
            {
                var video = await _http.GetFromJsonAsync<JsonElement>(Of($"/api/videos/{id}"), limit.Token);
                var stage = video.GetProperty("kinora").GetProperty("stage").GetString();
                stage.ShouldNotBe("expired", $"{name} was given up: {video}");
                if (stage is "completed" or "submission_unknown" or "failed")
                {
                    stages[name] = stage;
                }
            }

            await Task.Delay(50, limit.Token);
        }

        return stages;
    }

    /// <summary>
    /// The oracles: each request was paid at most once; whatever was acknowledged is there, and nothing else; what is completed has its file with the right
    /// hash; no file lies about that no row knows.
    /// </summary>
    public async Task ShouldAgreeAsync(IReadOnlyDictionary<string, string> stages, string about)
    {
        foreach (var (name, stage) in stages)
        {
            var paid = Lab.Ledger.Creates.Count(c => c.PromptHash == LabLedger.Hash(Encoding.UTF8.GetBytes(Prompt(name))));
            paid.ShouldBeLessThanOrEqualTo(1, $"{about}: {name} was paid {paid} times");
            if (stage == "completed")
            {
                paid.ShouldBe(1, $"{about}: {name}");
                await ShouldBeThereAsync(_acknowledged[name], about);
            }
        }

        (await ListedAsync()).ShouldBe(_acknowledged.Values, ignoreOrder: true, about);
        await NoOrphansAsync(stages, about);
    }

    /// <summary>Nothing is left of jobs that were deleted.</summary>
    public async Task ShouldBeEmptyAsync(string about)
    {
        (await ListedAsync()).ShouldBeEmpty(about);
        _acknowledged.Clear();
        await NoOrphansAsync(new Dictionary<string, string>(), about);
    }

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        _http.Dispose();
        await _fixture.DisposeAsync();
        if (_schema is not null)
        {
            await (await SharedPostgres.GetAsync()).ExecuteAsync($"DROP SCHEMA {_schema} CASCADE");
        }
    }

    private static string Prompt(string name) => $"A harbour at dawn, {name} [lab:running=2]";

    private Uri Of(string path) => new(new Uri(_served.Url), path);

    private async Task AskAsync(string name)
    {
        _asked.Add(name);
        using var request = new HttpRequestMessage(HttpMethod.Post, Of("/api/videos"))
        {
            Content = JsonContent.Create(new { prompt = Prompt(name), model = "lab/lab-video", size = "1280x720", seconds = "4" }),
            Headers = { { "Idempotency-Key", name } },
        };
        try
        {
            using var reply = await _http.SendAsync(request, Cancel);
            var body = await reply.Content.ReadAsStringAsync(Cancel);
            reply.StatusCode.ShouldBe(HttpStatusCode.OK, body);
            lock (_acknowledged)
            {
                _acknowledged[name] = JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // The server died on the way: nobody knows yet.
        }
    }

    private async Task ShouldBeThereAsync(string id, string about)
    {
        var video = await _http.GetFromJsonAsync<JsonElement>(Of($"/api/videos/{id}"), Cancel);
        var bytes = await _http.GetByteArrayAsync(Of($"/api/videos/{id}/content"), Cancel);
        var film = video.GetProperty("kinora").GetProperty("files").EnumerateArray().First(f => f.GetProperty("variant").GetString() == "video");
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(film.GetProperty("sha256").GetString(), about);
    }

    private async Task<List<string>> ListedAsync()
    {
        const int page = 100;
        var ids = new List<string>();
        while (true)
        {
            var listed = await _http.GetFromJsonAsync<JsonElement>(Of(FormattableString.Invariant($"/api/videos?limit={page}&offset={ids.Count}")), Cancel);
            var found = listed.GetProperty("videos").EnumerateArray().Select(v => v.GetProperty("id").GetString()!).ToList();
            ids.AddRange(found);
            if (found.Count < page)
            {
                return ids;
            }
        }
    }

    /// <summary>Clean-up follows the record and may be a moment behind it.</summary>
    private async Task NoOrphansAsync(IReadOnlyDictionary<string, string> stages, string about)
    {
        var wanted = stages.Where(s => s.Value == "completed").Select(s => _acknowledged[s.Key].Replace("-", "", StringComparison.Ordinal)).ToList();
        using var limit = new CancellationTokenSource(_patience);
        while (true)
        {
            // Scratch of no job may be that of a request just being read: it is swept once it is old.
            var (there, scratch) = (Folders("assets"), Folders("work").Intersect(wanted).ToList());
            if (there.SequenceEqual(wanted.Order()) && scratch.Count == 0)
            {
                return;
            }

            limit.IsCancellationRequested.ShouldBeFalse($"{about} ({string.Join(", ", stages)}): files of {string.Join(", ", there.Except(wanted))}; scratch of {string.Join(", ", scratch)}; nothing of {string.Join(", ", wanted.Except(there))}");
            await Task.Delay(50, Cancel);
        }
    }

    /// <summary>Ids of the jobs of which files lie there.</summary>
    private List<string> Folders(string place)
    {
        var root = Path.Combine(_fixture.Kinora.Data, place);
        return Directory.Exists(root)
            ? Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Distinct().Order().ToList()
            : [];
    }
}
