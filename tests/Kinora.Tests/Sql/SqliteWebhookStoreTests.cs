using Kinora.Adapters.Sql;
using Kinora.Jobs;
using Kinora.Tests.Media;
using Kinora.Tests.Webhooks;
using Kinora.Webhooks;

namespace Kinora.Tests.Sql;

public sealed class SqliteWebhookStoreTests : WebhookStoreContract
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

    protected override Task<(IWebhookStore Webhooks, IJobStore Jobs)> OpenAsync()
    {
        _open.Add(SqliteDatabase.Open(_folder.File("kinora.db")));
        return Task.FromResult<(IWebhookStore, IJobStore)>((new SqlWebhookStore(_open[^1]), new SqlJobStore(_open[^1], TimeProvider.System)));
    }
}
