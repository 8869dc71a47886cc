using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Protocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>Lists that change when a fixture says so.</summary>
internal sealed class FixtureNews : INotificationSource
{
    private readonly Lock _lock = new();
    private readonly List<Channel<SubscriptionNews>> _listeners = [];

    public void ToolsChanged() => Tell(NotificationMethods.ToolListChangedNotification);

    public void PromptsChanged() => Tell(NotificationMethods.PromptListChangedNotification);

    public Task<SubscriptionWish> GrantAsync(McpClientInfo client, SubscriptionWish wish, CancellationToken cancel) => Task.FromResult(wish);

    public async IAsyncEnumerable<SubscriptionNews> ListenAsync(McpClientInfo client, SubscriptionWish granted, [EnumeratorCancellation] CancellationToken cancel)
    {
        var mine = Channel.CreateUnbounded<SubscriptionNews>();
        lock (_lock)
        {
            _listeners.Add(mine);
        }

        try
        {
            await foreach (var news in mine.Reader.ReadAllAsync(cancel))
            {
                var wanted = news.Method == NotificationMethods.ToolListChangedNotification ? granted.Tools : granted.Prompts;
                if (wanted)
                {
                    yield return news;
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                _listeners.Remove(mine);
            }
        }
    }

    private void Tell(string method)
    {
        lock (_lock)
        {
            _listeners.ForEach(l => l.Writer.TryWrite(new SubscriptionNews(method, new JsonObject())));
        }
    }
}
