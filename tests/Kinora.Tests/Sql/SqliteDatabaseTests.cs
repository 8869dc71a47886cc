using System.Diagnostics;
using System.Runtime.CompilerServices;
using Kinora.Adapters.Sql;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sql;

/// <summary>What only SQLite can do wrong: the file itself, and other processes on it.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();

    // It chooses the SQLite library of the whole process; a plain connection made before would load another one beside it, and the process dies.
    static SqliteDatabaseTests() => RuntimeHelpers.RunClassConstructor(typeof(SqliteDatabase).TypeHandle);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => _folder.File("kinora.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_NewFile_IsPrivateAndUsable()
    {
        await using var database = SqliteDatabase.Open(File);
        await AddAsync(database);

        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            (System.IO.File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)).ShouldBe(UnixFileMode.None, file);
        }
    }

    [Fact]
    public async Task Open_Again_FindsWhatWasAcknowledged()
    {
        JobId id;
        await using (var first = SqliteDatabase.Open(File))
        {
            id = await AddAsync(first);
        }

        await using var second = SqliteDatabase.Open(File);

        (await new SqlJobStore(second, _clock).GetAsync(id, null, Cancel)).ShouldNotBeNull();
    }

    /// <summary>A look moves <c>due_at</c>, and whatever names it is written again at each of them.</summary>
    [Fact]
    public async Task Schema_OneIndexAlone_DependsOnWhenAJobIsDue()
    {
        await using var database = SqliteDatabase.Open(File);

        var indexes = await database.ReadAsync(
            session => session.Query("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'jobs' AND sql LIKE '%due_at%'", row => row.GetString(0)), Cancel);

        indexes.ShouldBe(["jobs_due"]);
    }

    [Theory]
    [InlineData("text", "This is no database at all, only some text that is long enough to be read as a page header, which is a hundred bytes long.")]
    [InlineData("short", "x")]
    public void Open_NoDatabase_IsRefusedAndUntouched(string name, string content)
    {
        name.ShouldNotBeEmpty();
        System.IO.File.WriteAllText(File, content);

        ShouldBeRefusedUntouched();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Open_DamagedDatabase_IsRefusedAndUntouched(int seed)
    {
        await SqliteDatabase.Open(File).DisposeAsync();
        var bytes = await System.IO.File.ReadAllBytesAsync(File, Cancel);
        new Random(seed).NextBytes(bytes.AsSpan(100, 3_000));
        await System.IO.File.WriteAllBytesAsync(File, bytes, Cancel);

        ShouldBeRefusedUntouched();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Open_AnotherProgramsDatabase_IsRefusedAndUntouched(int userVersion)
    {
        Write($"CREATE TABLE songs (name TEXT); INSERT INTO songs VALUES ('x'); PRAGMA user_version={userVersion}");

        ShouldBeRefusedUntouched();
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedAndUntouched()
    {
        await SqliteDatabase.Open(File).DisposeAsync();
        Write("PRAGMA user_version=99");

        ShouldBeRefusedUntouched().Message.ShouldContain("newer");
    }

    [Fact]
    public async Task Open_SchemaOfAnEarlierUnreleasedBuild_IsRefusedAndUntouched()
    {
        await SqliteDatabase.Open(File).DisposeAsync();
        Write("DROP TABLE characters");

        ShouldBeRefusedUntouched().Message.ShouldContain("unreleased");
    }

    [Theory]
    [InlineData("/sys/kinora.db")]
    [InlineData("/proc/kinora.db")]
    [InlineData("/no/such/folder/kinora.db")]
    public void Open_FolderThatCannotBeWritten_IsRefused(string path) =>
        Should.Throw<KinoraException>(() => SqliteDatabase.Open(path)).Code.ShouldBe(ErrorCodes.DatabaseUnusable);

    [Fact]
    public async Task Open_TwentyAtOnceOnANewFile_AllWork()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => SqliteDatabase.Open(File), Cancel)));
        foreach (var database in databases)
        {
            await AddAsync(database);
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Write_SeveralStoresOnOneFile_NoneSeesALock()
    {
        var databases = Enumerable.Range(0, 4).Select(_ => SqliteDatabase.Open(File)).ToList();

        await Task.WhenAll(databases.SelectMany(database => Enumerable.Range(0, 100).Select(_ => Task.Run(() => AddAsync(database), Cancel))));

        (await new SqlJobStore(databases[0], _clock).CountOpenAsync(Cancel)).ShouldBe(400);
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Write_TwoProcessesOnOneFile_LoseNothing()
    {
        using var one = Start("jobs", File, "150");
        using var two = Start("jobs", File, "150");
        await one.WaitForExitAsync(Cancel);
        await two.WaitForExitAsync(Cancel);

        one.ExitCode.ShouldBe(0);
        two.ExitCode.ShouldBe(0);
        await using var database = SqliteDatabase.Open(File);
        (await new SqlJobStore(database, _clock).CountOpenAsync(Cancel)).ShouldBe(300);
    }

    [Fact]
    public async Task Write_KilledRightAfterTheCommit_TheJobIsThere()
    {
        using var child = Start("jobs", File, "40", (CrashPoints.JobCreated, 25));
        await child.WaitForExitAsync(Cancel);

        child.ExitCode.ShouldBe(137);
        await using var database = SqliteDatabase.Open(File);
        (await new SqlJobStore(database, _clock).CountOpenAsync(Cancel)).ShouldBe(25);
        (await database.ReadAsync(s => (string)s.Scalar("PRAGMA integrity_check")!, Cancel)).ShouldBe("ok");
    }

    [Fact]
    public async Task Migrate_KilledInBetween_LeavesTheVersionBeforeAndGoesOnNextTime()
    {
        using var child = Start("jobs", File, "1", (CrashPoints.MidMigration, 1));
        await child.WaitForExitAsync(Cancel);
        child.ExitCode.ShouldBe(137);
        Read("PRAGMA user_version").ShouldBe(0L);
        Read("SELECT COUNT(*) FROM sqlite_master").ShouldBe(0L);

        await using var database = SqliteDatabase.Open(File);
        await AddAsync(database);
    }

    [Fact]
    public async Task Write_LockedByAnother_FailsEveryWaitingChangeTogether()
    {
        await using var database = SqliteDatabase.Open(File, busySeconds: 1);
        using var other = SqliteLibrary.Open(File, busySeconds: 30);
        Execute(other, "BEGIN IMMEDIATE");
        var clock = Stopwatch.StartNew();

        var faults = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
            (await Should.ThrowAsync<KinoraException>(() => AddAsync(database))).Code));

        faults.ShouldAllBe(code => code == ErrorCodes.DatabaseBusy);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        Execute(other, "ROLLBACK");
        await AddAsync(database);
    }

    private KinoraException ShouldBeRefusedUntouched()
    {
        var before = System.IO.File.ReadAllBytes(File);

        var refused = Should.Throw<KinoraException>(() => SqliteDatabase.Open(File));

        refused.Code.ShouldBe(ErrorCodes.DatabaseUnusable);
        System.IO.File.ReadAllBytes(File).ShouldBe(before);
        Directory.GetFiles(_folder.Path).ShouldBe([File]);
        return refused;
    }

    private async Task<JobId> AddAsync(SqliteDatabase database) =>
        (await new SqlJobStore(database, _clock).CreateAsync(new NewJob(TestJobs.New(_clock.Now), null), Cancel)).Job.Id;

    private void Write(string sql)
    {
        using var connection = SqliteLibrary.Open(File, busySeconds: 30);
        Execute(connection, sql);
    }

    private object? Read(string sql)
    {
        using var connection = SqliteLibrary.Open(File, busySeconds: 30);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static Process Start(string scenario, string file, string count, (string Name, int Hit)? crash = null)
    {
        var start = ChildHost.Start(scenario, file, count);
        if (crash is { } at)
        {
            start.Environment["KINORA_CRASH_AT"] = $"{at.Name}:{at.Hit}";
        }

        return Process.Start(start)!;
    }
}
