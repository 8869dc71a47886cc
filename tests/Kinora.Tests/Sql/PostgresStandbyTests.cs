using Kinora.Adapters.Sql;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Npgsql;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sql;

/// <summary>An address that leads to a standby for a while, and to the primary afterwards, while the standby lives on.</summary>
public sealed class PostgresStandbyTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PostgresServer _primary = null!;
    private PostgresServer _standby = null!;
    private PostgresScratch _scratch = null!;
    private StallingLine _replication = null!;
    private CuttingProxy _line = null!;
    private PostgresDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SqlJobStore Store => new(_database, _clock);

    public async ValueTask InitializeAsync()
    {
        _primary = await PostgresServer.StartAsync();
        _scratch = new PostgresScratch(_primary);
        await _scratch.OpenAsync();
        _replication = new StallingLine(_primary.Port);
        _standby = await _primary.StandbyAsync(_replication.Port);
        _line = new CuttingProxy(_primary.Port) { OnCut = LeadToStandby };
        _database = PostgresDatabase.Open(Setting());
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _line.DisposeAsync();
        await _scratch.DisposeAsync();
        await _standby.DisposeAsync();
        await _replication.DisposeAsync();
        await _primary.DisposeAsync();
    }

    [Fact]
    public async Task Write_AddressLeadsToThePrimaryAgain_GoesThrough()
    {
        await LeadAllToStandbyAsync();
        (await Should.ThrowAsync<KinoraException>(AddAsync)).Code.ShouldBe(ErrorCodes.DatabaseBusy);
        _line.Server = _primary.Port;

        await AddAsync();

        (await JobsAsync()).ShouldBe(1L);
    }

    [Fact]
    public async Task Write_AddressLeadsToThePrimaryWithinItsPatience_SeesNothingOfIt()
    {
        await LeadAllToStandbyAsync();
        var adding = AddAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        adding.IsCompleted.ShouldBeFalse("it is tried again");
        _line.Server = _primary.Port;

        await adding;

        (await JobsAsync()).ShouldBe(1L);
    }

    [Fact]
    public async Task Read_AfterAWriteWentToThePrimary_FindsItThere()
    {
        // What is committed from now on the standby never hears of.
        _replication.Cut(questions: true);
        await LeadAllToStandbyAsync();
        (await Store.CountOpenAsync(Cancel)).ShouldBe(0);
        _line.Server = _primary.Port;

        var id = await AddAsync();

        (await Store.GetAsync(id, null, Cancel)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_LostOnTheWayToAStandby_IsAskedAfterUntilThePrimaryTells(bool after)
    {
        _line.CutNext(1, after);
        var adding = AddAsync();
        await _cut.Task.WaitAsync(Cancel);
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        adding.IsCompleted.ShouldBeFalse("the standby cannot tell");
        _line.Server = _primary.Port;

        // A second run of what was committed would break the uniqueness of its id.
        await adding;

        _line.Cuts.ShouldBe(1);
        (await JobsAsync()).ShouldBe(1L);
    }

    [Fact]
    public void Commit_OfWhichOnlyAStandbyIsAsked_IsToldAsInDoubt()
    {
        using var writer = Writer(Connect);
        _line.CutNext(1, after: true);

        var fault = Should.Throw<KinoraException>(() => writer.Run(durable: true, ordered: false, _ => { }));

        fault.Message.ShouldContain("not known");
    }

    [Fact]
    public void Commit_AskedAfterWhileTheServerRefusesEverybody_IsToldAsInDoubt()
    {
        using var writer = Writer(() => _cut.Task.IsCompleted ? throw new PostgresException("no", "FATAL", "FATAL", PostgresErrorCodes.InvalidPassword) : Connect());
        _line.CutNext(1, after: true);

        var fault = Should.Throw<KinoraException>(() => writer.Run(durable: true, ordered: false, _ => { }));

        fault.Message.ShouldContain("not known");
    }

    private static PostgresWriter Writer(Func<SqlSession> connect) => new(connect, longestAsking: TimeSpan.FromSeconds(1));

    private SqlSession Connect()
    {
        var connection = new NpgsqlConnection(Setting());
        connection.Open();
        return new SqlSession(connection, PostgresTypes.Prepare, PostgresTypes.Clean);
    }

    private string Setting()
    {
        var address = _primary.Address.Replace($":{_primary.Port}/", $":{_line.Port}/", StringComparison.Ordinal);
        return PostgresSetting.Parse($"{address}?search_path={_scratch.Name}&application_name=led", out _)!;
    }

    private void LeadToStandby()
    {
        _line.Server = _standby.Port;
        _cut.TrySetResult();
    }

    /// <summary>The connections of <see cref="_database"/> are gone, and new ones come to the standby.</summary>
    private async Task LeadAllToStandbyAsync()
    {
        LeadToStandby();
        await _primary.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'led'");
    }

    private async Task<JobId> AddAsync() => (await Store.CreateAsync(new NewJob(TestJobs.New(_clock.Now), null), Cancel)).Job.Id;

    private Task<object?> JobsAsync() => _scratch.ExecuteAsync("SELECT COUNT(*) FROM jobs");
}
