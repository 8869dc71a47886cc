using Kinora.Adapters.Sql;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Npgsql;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sql;

/// <summary>What becomes of work when the server, the line to it or another transaction gets in its way: done once, or told.</summary>
public sealed class PostgresHealingTests : IAsyncDisposable
{
    private readonly PostgresScratch _scratch = new();
    private readonly TestClock _clock = new();
    private int _stored;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scratch.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_LineCutAtTheCommit_IsDoneOnce(bool after)
    {
        await _scratch.OpenAsync();
        await using var proxy = new CuttingProxy(_scratch.Server.Port);
        var address = _scratch.Server.Address.Replace($":{_scratch.Server.Port}/", $":{proxy.Port}/", StringComparison.Ordinal);
        await using var database = PostgresDatabase.Open(PostgresSetting.Parse($"{address}?search_path={_scratch.Name}", out _)!);
        var store = new SqlJobStore(database, _clock);
        var made = new List<JobId>();

        for (var i = 0; i < 10; i++)
        {
            proxy.CutNext(1, after);
            // A second run of what was committed would break the uniqueness of its id.
            made.AddRange(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AddAsync(store))));
        }

        proxy.Cuts.ShouldBe(10);
        (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM jobs")).ShouldBe(30L);
        (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM events")).ShouldBe(30L);
        made.Distinct().Count().ShouldBe(30);
    }

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("57014")]
    [InlineData("55P03")]
    public async Task Write_FaultsOfConcurrency_AreTriedAgainUnseen(string code)
    {
        var store = new SqlJobStore(await _scratch.OpenAsync(), _clock);
        // Every other insert fails; a sequence counts on through a rollback.
        await _scratch.ExecuteAsync($"""
            CREATE SEQUENCE tries;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('{_scratch.Name}.tries') % 2 = 1 THEN RAISE EXCEPTION 'made to fail' USING ERRCODE = '{code}'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER fail BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION fail();
            """);

        for (var i = 0; i < 10; i++)
        {
            await AddAsync(store);
        }

        (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM jobs")).ShouldBe(10L);
        (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM events")).ShouldBe(10L);
    }

    [Fact]
    public async Task Write_RefusedByTheDatabase_FailsAlone()
    {
        var store = new SqlJobStore(await _scratch.OpenAsync(), _clock);
        var first = TestJobs.New(_clock.Now);
        await store.CreateAsync(new NewJob(first, null), Cancel);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await store.CreateAsync(new NewJob(i == 7 ? first : TestJobs.New(_clock.Now), null), Cancel);
                return true;
            }
            catch (PostgresException)
            {
                return false;
            }
        }));

        results.Count(done => done).ShouldBe(19);
        results[7].ShouldBeFalse();
        (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM jobs")).ShouldBe(20L);
    }

    [Fact]
    public async Task Connections_KilledByTheServerUnderLoad_LoseAndDoubleNothing()
    {
        var store = new SqlJobStore(await _scratch.OpenAsync(), _clock);
        using var enough = new CancellationTokenSource();
        var loads = Enumerable.Range(0, 4).Select(_ => Task.Run(() => LoadAsync(store, enough.Token), Cancel)).ToList();

        for (var i = 0; i < 15; i++)
        {
            await UntilStoredAsync(4 * (i + 1));
            await _scratch.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{_scratch.Name}'");
        }

        await enough.CancelAsync();
        var made = (await Task.WhenAll(loads)).SelectMany(l => l).ToList();
        made.ShouldAllBe(m => m.Stored);
        await StoredShouldBeAsync(_scratch, made);
    }

    [Fact]
    public async Task Server_CrashedAndStartedAgainUnderLoad_LosesAndDoublesNothing()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var scratch = new PostgresScratch(server);
        SqlJobStore[] stores = [new(await scratch.OpenAsync(), _clock), new(await scratch.OpenAsync(), _clock)];
        using var enough = new CancellationTokenSource();
        var loads = Enumerable.Range(0, 6).Select(i => Task.Run(() => LoadAsync(stores[i % 2], enough.Token), Cancel)).ToList();

        for (var i = 0; i < 3; i++)
        {
            await UntilStoredAsync(15 * (i + 1));
            await server.StopAsync(crash: i != 1);
            await server.RunAsync();
        }

        await Task.WhenAll(stores.Select(AddAsync));
        await enough.CancelAsync();
        await StoredShouldBeAsync(scratch, [.. (await Task.WhenAll(loads)).SelectMany(l => l)], more: 2);
    }

    [Fact]
    public async Task Connections_AllTakenByOthers_AreToldAsBusyAndComeBack()
    {
        await _scratch.SettingAsync();
        var role = _scratch.Name + "_r";
        await _scratch.ExecuteAsync($"CREATE ROLE {role} LOGIN CONNECTION LIMIT 2; GRANT ALL ON SCHEMA {_scratch.Name} TO {role}");
        var store = new SqlJobStore(await _scratch.OpenAsync($";Username={role}"), _clock);
        var other = new NpgsqlConnection($"{_scratch.Server.ConnectionString};Username={role};Pooling=false");
        await other.OpenAsync(Cancel);

        var fault = await Should.ThrowAsync<KinoraException>(() => store.CountOpenAsync(Cancel));

        fault.Code.ShouldBe(ErrorCodes.DatabaseBusy);
        await AddAsync(store);
        await other.DisposeAsync();
        (await store.CountOpenAsync(Cancel)).ShouldBe(1);
        await store.CountOpenAsync(Cancel);
        (await _scratch.ExecuteAsync($"SELECT COUNT(*) FROM pg_stat_activity WHERE usename = '{role}'")).ShouldBe(2L);
        await _scratch.First.DisposeAsync();
        await _scratch.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    private async Task<JobId> AddAsync(SqlJobStore store) => (await store.CreateAsync(new NewJob(TestJobs.New(_clock.Now), null), Cancel)).Job.Id;

    /// <summary>Makes jobs one after the other and notes what it was told of each.</summary>
    private async Task<List<(JobId Id, bool Stored)>> LoadAsync(SqlJobStore store, CancellationToken enough)
    {
        var made = new List<(JobId, bool)>();
        while (!enough.IsCancellationRequested)
        {
            var job = TestJobs.New(_clock.Now);
            try
            {
                await store.CreateAsync(new NewJob(job, null), Cancel);
                made.Add((job.Id, true));
                Interlocked.Increment(ref _stored);
                (await store.GetAsync(job.Id, null, Cancel)).ShouldNotBeNull();
            }
            catch (KinoraException busy) when (busy.Code == ErrorCodes.DatabaseBusy)
            {
                if (made.Count == 0 || made[^1].Item1 != job.Id)
                {
                    made.Add((job.Id, false));
                }
            }
        }

        return made;
    }

    private Task UntilStoredAsync(int count) => Engine.UntilAsync(() => Task.FromResult(Volatile.Read(ref _stored) >= count), $"{count} jobs are stored");

    private static async Task StoredShouldBeAsync(PostgresScratch scratch, List<(JobId Id, bool Stored)> told, int more = 0)
    {
        told.Count(t => t.Stored).ShouldBeGreaterThan(20);
        var there = ((string[])(await scratch.ExecuteAsync("SELECT array_agg(id::text) FROM jobs"))!).ToHashSet(StringComparer.Ordinal);
        told.Where(t => t.Stored && !there.Contains(t.Id.Hex)).ShouldBeEmpty("told as stored and lost");
        told.Where(t => !t.Stored && there.Contains(t.Id.Hex)).ShouldBeEmpty("told as not stored and there");
        there.Count.ShouldBe(told.Count(t => t.Stored) + more);
        (await scratch.ExecuteAsync("SELECT COUNT(*) FROM events")).ShouldBe((long)there.Count);
    }
}
