using System.Globalization;
using Kinora.Adapters.Sql;
using Kinora.Tests.Sql;

namespace Kinora.Bench.Scale;

/// <summary>The database of a run in a folder that goes with it, and what can be read off it from outside.</summary>
internal sealed class ScalePlace(string folder, ISqlDatabase database, PostgresServer? server) : IAsyncDisposable
{
    public string Folder => folder;

    public ISqlDatabase Database => database;

    public bool IsPostgres => server is not null;

    public static async Task<ScalePlace> MakeAsync(bool postgres)
    {
        var folder = Directory.CreateTempSubdirectory("kinora-bench-").FullName;
        if (!postgres)
        {
            return new ScalePlace(folder, EngineBench.InFile(folder), null);
        }

        var server = await PostgresServer.StartAsync();
        return new ScalePlace(folder, PostgresDatabase.Open(PostgresSetting.Parse(server.ConnectionString, out _)!), server);
    }

    public async Task<ScaleReading> ReadAsync() => new(
        EngineBench.Cpu(),
        server?.Cpu() ?? TimeSpan.Zero,
        await NumberAsync(IsPostgres ? "SELECT pg_database_size(current_database())" : "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"),
        IsPostgres ? await NumberAsync("SELECT CAST(pg_current_wal_lsn() - CAST('0/0' AS pg_lsn) AS BIGINT)") : WrittenHere());

    public Task<long> NumberAsync(string sql) =>
        database.ReadAsync(session => Convert.ToInt64(session.Scalar(sql), CultureInfo.InvariantCulture), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>All that this process handed to the kernel: with SQLite the log, and the database file at each checkpoint.</summary>
    private static long WrittenHere() =>
        long.Parse(File.ReadLines("/proc/self/io").First(line => line.StartsWith("wchar:", StringComparison.Ordinal)).AsSpan(7), CultureInfo.InvariantCulture);
}

/// <param name="Cpu">Of this process.</param>
/// <param name="ServerCpu">Of the database server; none with SQLite.</param>
/// <param name="Bytes">Of the database.</param>
/// <param name="Written">Bytes of the log; with SQLite bytes written by this process.</param>
internal sealed record ScaleReading(TimeSpan Cpu, TimeSpan ServerCpu, long Bytes, long Written)
{
    public static ScaleReading operator -(ScaleReading end, ScaleReading start) =>
        new(end.Cpu - start.Cpu, end.ServerCpu - start.ServerCpu, end.Bytes - start.Bytes, end.Written - start.Written);

    /// <summary>What one of so many cost.</summary>
    public string Each(long count) => count == 0
        ? "none"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Cpu.TotalMicroseconds / count:0} us CPU here, {ServerCpu.TotalMicroseconds / count:0} us in the server, {(double)Bytes / count:0} bytes more in the database, {(double)Written / count:0} bytes written");
}
