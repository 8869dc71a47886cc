using Kinora.Adapters.Sql;
using Kinora.Jobs;
using Kinora.Tests.Jobs;
using Kinora.Tests.Media;

namespace Kinora.Tests.Sql;

public sealed class SqliteJobStoreTests : JobStoreContract
{
    private readonly TempFolder _folder = new();
    private readonly List<SqliteDatabase> _open = [];

    public override async ValueTask DisposeAsync()
    {
        foreach (var database in _open)
        {
            await database.DisposeAsync();
        }

        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task<IJobStore> OpenAsync()
    {
        _open.Add(SqliteDatabase.Open(_folder.File("kinora.db")));
        return Task.FromResult<IJobStore>(new SqlJobStore(_open[^1], Clock));
    }

    protected override Task ExecuteAsync(string sql) => _open[0].WriteAsync(session => session.Execute(sql), durable: false, CancellationToken.None);
}
