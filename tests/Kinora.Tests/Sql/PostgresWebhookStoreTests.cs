using Kinora.Adapters.Sql;
using Kinora.Jobs;
using Kinora.Tests.Webhooks;
using Kinora.Webhooks;

namespace Kinora.Tests.Sql;

public sealed class PostgresWebhookStoreTests : WebhookStoreContract
{
    private readonly PostgresScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override async Task<(IWebhookStore Webhooks, IJobStore Jobs)> OpenAsync()
    {
        var database = await _scratch.OpenAsync();
        return (new SqlWebhookStore(database), new SqlJobStore(database, TimeProvider.System));
    }
}
