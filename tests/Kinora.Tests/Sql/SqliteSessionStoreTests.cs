using Kinora.Adapters.Sql;
using Kinora.Jobs;
using Kinora.Sessions;
using Kinora.Tests.Media;
using Kinora.Tests.Sessions;

namespace Kinora.Tests.Sql;

public sealed class SqliteSessionStoreTests : SessionStoreContract
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

    protected override Task<(ISessionStore Sessions, IJobStore Jobs)> OpenAsync()
    {
        _open.Add(SqliteDatabase.Open(_folder.File("kinora.db")));
        return Task.FromResult<(ISessionStore, IJobStore)>((new SqlSessionStore(_open[^1]), new SqlJobStore(_open[^1], Clock)));
    }
}
