using System.Threading.Channels;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Protocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>Lists that change when a fixture says so.</summary>
internal sealed class FixtureNews : INotificationSource
{
    private readonly Lock _lock = new();
    private readonly List<Stream> _streams = [];

    public void ToolsChanged() => Tell(NotificationMethods.ToolListChangedNotification);

    public void PromptsChanged() => Tell(NotificationMethods.PromptListChangedNotification);

    public Task<INotificationStream> OpenAsync(McpClientInfo client, SubscriptionWish wish, CancellationToken cancel)
    {
        var stream = new Stream(wish, Leave);
        lock (_lock)
        {
            _streams.Add(stream);
        }

        return Task.FromResult<INotificationStream>(stream);
    }

    private void Leave(Stream stream)
    {
        lock (_lock)
        {
            _streams.Remove(stream);
        }
    }

    private void Tell(string method)
    {
        lock (_lock)
        {
            _streams.ForEach(s => s.Tell(method));
        }
    }

    private sealed class Stream(SubscriptionWish granted, Action<Stream> leave) : INotificationStream
    {
        private readonly Channel<SubscriptionNews> _news = Channel.CreateUnbounded<SubscriptionNews>();

        public SubscriptionWish Granted => granted;

        public IAsyncEnumerable<SubscriptionNews> ReadAsync(CancellationToken cancel) => _news.Reader.ReadAllAsync(cancel);

        public void Dispose() => leave(this);

        public void Tell(string method)
        {
            if (method == NotificationMethods.ToolListChangedNotification ? granted.Tools : granted.Prompts)
            {
                _news.Writer.TryWrite(new SubscriptionNews(method, []));
            }
        }
    }
}
