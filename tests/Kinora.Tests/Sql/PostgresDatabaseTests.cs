using System.Diagnostics;
using Kinora.Adapters.Sql;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sql;

/// <summary>Opening a PostgreSQL database: what is refused and how it is told, and any number of processes at once.</summary>
public sealed class PostgresDatabaseTests : IAsyncDisposable
{
    private readonly PostgresScratch _scratch = new();
    private readonly TestClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _scratch.DisposeAsync();

    [Fact]
    public async Task Open_Again_FindsWhatWasAcknowledged()
    {
        var id = await AddAsync(await _scratch.OpenAsync());

        var second = await _scratch.OpenAsync();

        (await new SqlJobStore(second, _clock).GetAsync(id, null, Cancel)).ShouldNotBeNull();
        (await second.VersionAsync(Cancel)).ShouldStartWith("PostgreSQL 1");
    }

    [Fact]
    public async Task Open_ManyAtOnceOnANewSchema_AllWork()
    {
        var setting = await _scratch.SettingAsync();
        var databases = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => PostgresDatabase.Open(setting), Cancel)));
        foreach (var database in databases)
        {
            await AddAsync(database);
            await database.DisposeAsync();
        }

        (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM schema_version")).ShouldBe(1L);
    }

    [Fact]
    public async Task Open_FourProcessesAtOnceOnANewSchema_LoseNothing()
    {
        var setting = await _scratch.SettingAsync();
        var children = Enumerable.Range(0, 4).Select(_ => Process.Start(ChildHost.Start("jobs", setting, "25"))!).ToList();
        foreach (var child in children)
        {
            await child.WaitForExitAsync(Cancel);
            child.ExitCode.ShouldBe(0);
            child.Dispose();
        }

        (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM jobs")).ShouldBe(100L);
    }

    [Theory]
    [InlineData(CrashPoints.JobCreated, 20, 20L)]
    [InlineData(CrashPoints.MidMigration, 1, null)]
    public async Task Open_AfterADeath_GoesOnFromTheLastCommit(string point, int hit, long? jobs)
    {
        var start = ChildHost.Start("jobs", await _scratch.SettingAsync(), "40");
        start.Environment["KINORA_CRASH_AT"] = $"{point}:{hit}";
        using var child = Process.Start(start)!;
        await child.WaitForExitAsync(Cancel);
        child.ExitCode.ShouldBe(137);
        if (jobs is null)
        {
            (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()")).ShouldBe(0L);
        }

        var database = await _scratch.OpenAsync();

        (await new SqlJobStore(database, _clock).CountOpenAsync(Cancel)).ShouldBe((int)(jobs ?? 0));
        await AddAsync(database);
    }

    [Theory]
    [InlineData("CREATE TABLE songs (name TEXT)", "another program")]
    [InlineData("CREATE TABLE schema_version (version BIGINT); INSERT INTO schema_version VALUES (1)", "another program")]
    [InlineData("CREATE TABLE schema_version (name TEXT)", "another program")]
    public async Task Open_AnotherProgramsDatabase_IsRefusedAndUntouched(string sql, string said)
    {
        var setting = await _scratch.SettingAsync();
        await _scratch.ExecuteAsync(sql);

        ShouldBeRefused(setting).ShouldContain(said);

        (await _scratch.ExecuteAsync("SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()")).ShouldBe(1L);
    }

    [Theory]
    [InlineData("INSERT INTO schema_version (version) VALUES (99)", "newer")]
    [InlineData("DROP TABLE characters", "unreleased")]
    public async Task Open_SchemaThatIsNotThisOnes_IsRefused(string sql, string said)
    {
        await _scratch.OpenAsync();
        await _scratch.ExecuteAsync(sql);

        ShouldBeRefused(await _scratch.SettingAsync()).ShouldContain(said);
    }

    [Fact]
    public async Task Open_UserWhoMayNotMakeTables_IsRefusedWithWords()
    {
        await _scratch.SettingAsync();
        await _scratch.ExecuteAsync($"CREATE ROLE {_scratch.Name}_r LOGIN; GRANT USAGE ON SCHEMA {_scratch.Name} TO {_scratch.Name}_r");

        ShouldBeRefused(await _scratch.SettingAsync($";Username={_scratch.Name}_r")).ShouldContain("may not");
    }

    [Fact]
    public async Task Open_WrongPassword_IsRefusedWithoutTellingIt()
    {
        var server = await SharedPostgres.GetAsync();

        var told = ShouldBeRefused(PostgresSetting.Parse(server.Address.Replace(server.Password, "wrong-password", StringComparison.Ordinal), out _)!);

        told.ShouldContain("password");
        told.ShouldNotContain("wrong-password");
        ShouldBeRefused(PostgresSetting.Parse(server.Address.Replace(":" + server.Password, "", StringComparison.Ordinal), out _)!).ShouldContain("sign-in");
    }

    [Fact]
    public async Task Open_NoSuchDatabase_IsRefusedWithItsMend()
    {
        var server = await SharedPostgres.GetAsync();

        ShouldBeRefused(PostgresSetting.Parse(server.Address.Replace("/postgres", "/nowhere", StringComparison.Ordinal) + "?application_name=x", out _)!).ShouldContain("createdb");
    }

    [Fact]
    public void Open_NobodyThere_IsToldAsBusy()
    {
        var setting = PostgresSetting.Parse("postgres://kinora:secret-word@127.0.0.1:1/kinora", out _)!;

        var fault = Should.Throw<KinoraException>(() => PostgresDatabase.Open(setting));

        fault.Code.ShouldBe(ErrorCodes.DatabaseBusy);
        fault.ToString().ShouldNotContain("secret-word");
    }

    [Fact]
    public async Task Texts_ThatPostgresCannotHold_AreStoredWithoutWhatItCannot()
    {
        var database = await _scratch.OpenAsync();

        var read = await database.WriteAsync(s => s.Scalar("SELECT CAST(@text AS TEXT)", ("@text", "a\0b\ud83d\ud83d\ude00")), durable: false, Cancel);

        read.ShouldBe("a\ufffdb\ufffd\ud83d\ude00");
    }

    private static string ShouldBeRefused(string setting)
    {
        var fault = Should.Throw<KinoraException>(() => PostgresDatabase.Open(setting));
        fault.Code.ShouldBe(ErrorCodes.DatabaseUnusable);
        return fault.Message + fault.Detail;
    }

    private async Task<JobId> AddAsync(PostgresDatabase database) =>
        (await new SqlJobStore(database, _clock).CreateAsync(new NewJob(TestJobs.New(_clock.Now), null), Cancel)).Job.Id;
}
