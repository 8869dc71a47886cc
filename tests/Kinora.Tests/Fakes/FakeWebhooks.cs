using System.Collections.Concurrent;
using Kinora.Webhooks;

namespace Kinora.Tests.Fakes;

/// <summary>Receivers that answer as a test says.</summary>
internal sealed class FakeWebhooks : IWebhookSender
{
    /// <summary>What was sent, in order.</summary>
    public ConcurrentQueue<WebhookMessage> Sent { get; } = new();

    /// <summary>200 unless a test says otherwise.</summary>
    public Func<WebhookMessage, CancellationToken, Task<WebhookAnswer>> Answer { get; set; } = (_, _) => Task.FromResult(new WebhookAnswer(200, null));

    public bool Accepts(string url) => url.StartsWith("https://", StringComparison.Ordinal);

    public Task<WebhookAnswer> SendAsync(WebhookMessage message, CancellationToken cancel)
    {
        Sent.Enqueue(message);
        return Answer(message, cancel);
    }
}
