using Kinora.Accounts;
using Kinora.Adapters.Sql;
using Kinora.Tests.Accounts;
using Kinora.Tests.Media;

namespace Kinora.Tests.Sql;

public sealed class SqliteApiKeyStoreTests : ApiKeyStoreContract
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

    protected override Task<IApiKeyStore> OpenAsync()
    {
        _open.Add(SqliteDatabase.Open(_folder.File("kinora.db")));
        return Task.FromResult<IApiKeyStore>(new SqlApiKeyStore(_open[^1]));
    }
}
