using Kinora.Adapters.Sql;
using Kinora.Health;
using Kinora.Tests.Health;
using Kinora.Tests.Media;

namespace Kinora.Tests.Sql;

public sealed class SqliteHealthStoreTests : HealthStoreContract
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

    protected override IHealthStore Open()
    {
        _open.Add(SqliteDatabase.Open(_folder.File("kinora.db")));
        return new SqlHealthStore(_open[^1]);
    }
}
