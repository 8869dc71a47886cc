using System.Threading.Channels;

namespace Kinora.Server.Tests.Webhooks;

/// <summary>A request as it came over the wire.</summary>
internal sealed record ReceivedWebhook(string Body, Dictionary<string, string> Headers)
{
    public string Id => Headers["webhook-id"];
}

/// <summary>Somebody's server on this machine that takes webhooks down.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Channel<ReceivedWebhook> _received = Channel.CreateUnbounded<ReceivedWebhook>();

    private WebhookReceiver(WebApplication server) => _server = server;

    public string Url => $"{_server.Urls.First()}/hook";

    public const int Never = 0;

    /// <summary>Status of the next answers, or <see cref="Never"/>; 200 once they are used up.</summary>
    public Queue<int> Answers { get; } = new();

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var receiver = new WebhookReceiver(server);
        server.MapPost("/hook", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var status = receiver.Answers.TryDequeue(out var asked) ? asked : 200;
            receiver._received.Writer.TryWrite(new ReceivedWebhook(body, context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString())));
            if (status == Never)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            }

            context.Response.StatusCode = status;
        });
        await server.StartAsync();
        return receiver;
    }

    /// <summary>The next one, in the order they came.</summary>
    public async Task<ReceivedWebhook> NextAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Commands.KinoraProgram.Patience);
        return await _received.Reader.ReadAsync(limit.Token);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
