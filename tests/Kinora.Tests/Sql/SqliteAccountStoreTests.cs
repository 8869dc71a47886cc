using Kinora.Accounts;
using Kinora.Adapters.Sql;
using Kinora.Tests.Accounts;
using Kinora.Tests.Media;

namespace Kinora.Tests.Sql;

public sealed class SqliteAccountStoreTests : AccountStoreContract
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

    protected override Task<IAccountStore> OpenAsync()
    {
        _open.Add(SqliteDatabase.Open(_folder.File("kinora.db")));
        return Task.FromResult<IAccountStore>(new SqlAccountStore(_open[^1]));
    }
}
