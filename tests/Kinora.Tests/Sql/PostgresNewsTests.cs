using System.Threading.Channels;
using Kinora.Adapters.Sql;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sql;

/// <summary>What machines on one PostgreSQL database hear of each other.</summary>
public sealed class PostgresNewsTests : IAsyncDisposable
{
    private readonly PostgresScratch _scratch = new();
    private readonly TestClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scratch.DisposeAsync();

    [Fact]
    public async Task Create_IsHeardByTheOtherMachine_AsAnEventAndAsAJob()
    {
        var (mine, other) = (await StoreAsync(), await StoreAsync());
        var changed = Channel.CreateUnbounded<bool>();
        var arrived = Channel.CreateUnbounded<bool>();
        other.Changed += () => changed.Writer.TryWrite(true);
        other.Arrived += () => arrived.Writer.TryWrite(true);
        // The line is up: there may have been anything before.
        await changed.Reader.ReadAsync(Cancel);
        await arrived.Reader.ReadAsync(Cancel);

        var id = (await mine.CreateAsync(new NewJob(TestJobs.New(_clock.Now), null), Cancel)).Job.Id;

        await changed.Reader.ReadAsync(Cancel);
        await arrived.Reader.ReadAsync(Cancel);
        (await other.EventsAfterAsync(0, 10, Cancel)).Single().JobId.ShouldBe(id);
        await mine.RequestCancelAsync(id, "ann", Cancel);
        await changed.Reader.ReadAsync(Cancel);
        arrived.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task OwnCommits_AreNotHeardAsAnothers()
    {
        var (mine, other) = (await _scratch.OpenAsync(), await StoreAsync());
        var news = Channel.CreateUnbounded<SqlNews>();
        mine.ToldByAnother += told => news.Writer.TryWrite(told);
        await news.Reader.ReadAsync(Cancel);

        await new SqlJobStore(mine, _clock).CreateAsync(new NewJob(TestJobs.New(_clock.Now), null), Cancel);
        var id = (await other.CreateAsync(new NewJob(TestJobs.New(_clock.Now), null), Cancel)).Job.Id;
        await other.RequestCancelAsync(id, "ann", Cancel);

        // In the order of the commits: the first would have come before these.
        (await news.Reader.ReadAsync(Cancel)).ShouldBe(SqlNews.Event | SqlNews.Job);
        (await news.Reader.ReadAsync(Cancel)).ShouldBe(SqlNews.Event);
    }

    [Fact]
    public async Task Listening_CutOff_ComesBackAndSaysThereMayBeAnything()
    {
        var (mine, other) = (await _scratch.OpenAsync(), await StoreAsync());
        var news = Channel.CreateUnbounded<SqlNews>();
        mine.ToldByAnother += told => news.Writer.TryWrite(told);
        await news.Reader.ReadAsync(Cancel);

        await _scratch.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{_scratch.Name}' AND query LIKE '%LISTEN%' AND pid <> pg_backend_pid()");

        (await news.Reader.ReadAsync(Cancel)).ShouldBe(SqlNews.Event | SqlNews.Job);
        var id = (await other.CreateAsync(new NewJob(TestJobs.New(_clock.Now), null), Cancel)).Job.Id;
        (await news.Reader.ReadAsync(Cancel)).ShouldBe(SqlNews.Event | SqlNews.Job);
        await other.RequestCancelAsync(id, "ann", Cancel);
        (await news.Reader.ReadAsync(Cancel)).ShouldBe(SqlNews.Event);
    }

    private async Task<SqlJobStore> StoreAsync() => new(await _scratch.OpenAsync(), _clock);
}
