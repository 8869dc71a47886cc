using Kinora.Adapters.Secrets;
using Kinora.Adapters.Sql;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Secrets;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Kinora.Webhooks;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Kinora.Tests.Webhooks;

/// <summary>Webhooks over a real database and real encryption, with receivers that a test scripts and a clock that stands.</summary>
internal sealed class WebhookScene : IAsyncDisposable
{
    public static readonly Caller Ann = new("ann");

    private readonly TempFolder _folder = new();
    private readonly List<SqliteDatabase> _databases = [];

    public WebhookScene()
    {
        Store = OpenStore();
        Jobs = new SqlJobStore(_databases[0], Clock);
        Service = new WebhookService(Store, Receivers, Box, new SystemRandomBytes(), new WebhookOptions(), Clock);
        Dispatcher = NewDispatcher(Store);
    }

    public TestClock Clock { get; } = new();

    public FakeWebhooks Receivers { get; } = new();

    public IWebhookStore Store { get; }

    public IJobStore Jobs { get; }

    public WebhookService Service { get; }

    public WebhookDispatcher Dispatcher { get; }

    /// <summary>Another one with the same key file, as in another process.</summary>
    public ISecretBox Box => new AesSecretBox(new SecretKeyFile(_folder.File("secret.key"), new SystemRandomBytes(), new KeyFiles()), null, null);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>With connections of its own.</summary>
    public IWebhookStore OpenStore()
    {
        _databases.Add(SqliteDatabase.Open(_folder.File("kinora.db")));
        return new SqlWebhookStore(_databases[^1]);
    }

    /// <summary>As a process of its own has it.</summary>
    public WebhookDispatcher NewDispatcher(IWebhookStore store, ISecretBox? box = null) => new(
        store,
        new WebhookFollower(store, new SystemRandomBytes(), new WebhookOptions(), Clock),
        new WebhookCourier(store, Receivers, box ?? Box, new WebhookRetry(new Random(1)), Clock, NullLogger<WebhookCourier>.Instance),
        new WebhookOptions(),
        Clock,
        NullLogger<WebhookDispatcher>.Instance)
    {
        StopPatience = TimeSpan.FromMilliseconds(50),
    };

    public Task<NewWebhook> AddAsync(string url = "https://a.test/hook", string owner = "ann", params string[] events) =>
        Service.CreateAsync(new Caller(owner), new WebhookDraft(url, events.Length == 0 ? null : events), Cancel);

    /// <summary>A webhook with one delivery, of a job that was cancelled.</summary>
    public async Task<(NewWebhook Webhook, WebhookDelivery Delivery)> AddWithDeliveryAsync(string url = "https://a.test/hook")
    {
        var webhook = await AddAsync(url);
        await TestEnds.CancelAsync(Jobs, Clock.Now);
        await new WebhookFollower(Store, new SystemRandomBytes(), new WebhookOptions(), Clock).StepAsync(Cancel);
        return (webhook, (await DeliveriesAsync(webhook))[0]);
    }

    public Task<int> PassAsync() => Dispatcher.PassAsync(Cancel);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(NewWebhook webhook) =>
        (await Store.DeliveriesAsync(new WebhookDeliveryQuery(webhook.Endpoint.Id, webhook.Endpoint.Owner, 1_000), Cancel)).Deliveries;

    public void Say(int? status, string? error = "it failed", TimeSpan? retryAfter = null) =>
        Receivers.Answer = (_, _) => Task.FromResult(new WebhookAnswer(status, error, retryAfter));

    public async ValueTask DisposeAsync()
    {
        Dispatcher.Dispose();
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }

        _folder.Dispose();
    }
}
