using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Kinora.Server.Mcp.Protocol;

/// <summary>What a client wants to hear of.</summary>
internal sealed record SubscriptionWish
{
    public bool Tools { get; init; }

    public bool Prompts { get; init; }

    public bool Resources { get; init; }

    public IReadOnlyList<string> ResourceUris { get; init; } = [];

    public IReadOnlyList<string> TaskIds { get; init; } = [];
}

/// <summary>One notification to a subscriber.</summary>
internal sealed record SubscriptionNews(string Method, JsonObject Params);

/// <summary>Whoever knows when something changed.</summary>
internal interface INotificationSource
{
    /// <summary>Begins to listen for the part of a wish that can be granted.</summary>
    Task<INotificationStream> OpenAsync(McpClientInfo client, SubscriptionWish wish, CancellationToken cancel);
}

/// <summary>News since it was opened; it hears nothing more once disposed of.</summary>
internal interface INotificationStream : IDisposable
{
    SubscriptionWish Granted { get; }

    /// <summary>The present state where there is one, then everything that changed since the stream was opened, until the token is cancelled.</summary>
    IAsyncEnumerable<SubscriptionNews> ReadAsync(CancellationToken cancel);
}

/// <summary>
/// <c>subscriptions/listen</c> of the newest revision (one long stream per wish: acknowledged first, every notification tagged with the id of the request),
/// and <c>resources/subscribe</c> of the older ones (unsolicited notifications in their session).
/// </summary>
internal sealed class Subscriptions(INotificationSource source)
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _older = new(StringComparer.Ordinal);

    public void AddTo(McpServerOptions options)
    {
        options.Handlers.SubscriptionsListenHandler = ListenAsync;
        options.Handlers.SubscribeToResourcesHandler = SubscribeAsync;
        options.Handlers.UnsubscribeFromResourcesHandler = (request, _) =>
        {
            if (_older.TryRemove(request.Params.Uri, out var stop))
            {
                stop.Cancel();
            }

            return ValueTask.FromResult(new EmptyResult());
        };
    }

    private async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancel)
    {
        var client = RequestClient.Of(request.JsonRpcRequest);
        using var stream = await source.OpenAsync(client, Read(request.JsonRpcRequest), cancel);
        var id = IdNode(request.JsonRpcRequest.Id);
        await SendAsync(request.Server, id, new SubscriptionNews(NotificationMethods.SubscriptionsAcknowledgedNotification, new JsonObject { ["notifications"] = Write(stream.Granted) }), cancel);
        try
        {
            await foreach (var news in stream.ReadAsync(cancel))
            {
                await SendAsync(request.Server, id, news, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The client closed the stream.
        }

        return new EmptyResult();
    }

    private async ValueTask<EmptyResult> SubscribeAsync(RequestContext<SubscribeRequestParams> request, CancellationToken cancel)
    {
        var client = RequestClient.Of(request.JsonRpcRequest);
        var stream = await source.OpenAsync(client, new SubscriptionWish { ResourceUris = [request.Params.Uri] }, cancel);
        var stop = new CancellationTokenSource();
        if (stream.Granted.ResourceUris.Count == 0 || !_older.TryAdd(request.Params.Uri, stop))
        {
            stream.Dispose();
            stop.Dispose();
            return new EmptyResult();
        }

        var server = request.Server;
        _ = Task.Run(
            async () =>
            {
                using var opened = stream;
                try
                {
                    await foreach (var news in opened.ReadAsync(stop.Token))
                    {
                        await server.SendMessageAsync(new JsonRpcNotification { Method = news.Method, Params = news.Params.DeepClone() }, stop.Token);
                    }
                }
                catch (Exception fault) when (fault is OperationCanceledException or IOException or ObjectDisposedException or ChannelClosedException or InvalidOperationException)
                {
                    // The session has ended.
                }
            },
            CancellationToken.None);
        return new EmptyResult();
    }

    private static Task SendAsync(McpServer server, JsonNode? id, SubscriptionNews news, CancellationToken cancel)
    {
        var body = (JsonObject)news.Params.DeepClone();
        body["_meta"] = new JsonObject { [MetaKeys.SubscriptionId] = id?.DeepClone() };
        return server.SendMessageAsync(new JsonRpcNotification { Method = news.Method, Params = body }, cancel);
    }

    private static JsonValue? IdNode(RequestId id) => id.Id switch
    {
        string text => JsonValue.Create(text),
        long number => JsonValue.Create(number),
        _ => null,
    };

    private static SubscriptionWish Read(JsonRpcRequest request)
    {
        var wish = request.Params?["notifications"] as JsonObject;
        return new SubscriptionWish
        {
            Tools = Flag(wish, "toolsListChanged"),
            Prompts = Flag(wish, "promptsListChanged"),
            Resources = Flag(wish, "resourcesListChanged"),
            ResourceUris = Texts(wish, "resourceSubscriptions"),
            TaskIds = TaskMethods.OptedIn(request) ? Texts(wish, "taskIds") : [],
        };
    }

    private static bool Flag(JsonObject? wish, string name) => wish?[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    private static IReadOnlyList<string> Texts(JsonObject? wish, string name) =>
        wish?[name] is JsonArray list ? [.. list.Select(n => n is JsonValue v && v.TryGetValue(out string? text) ? text : null).OfType<string>().Take(1_000)] : [];

    private static JsonObject Write(SubscriptionWish granted)
    {
        var json = new JsonObject();
        void Add(bool has, string name, JsonNode value)
        {
            if (has)
            {
                json[name] = value;
            }
        }

        Add(granted.Tools, "toolsListChanged", true);
        Add(granted.Prompts, "promptsListChanged", true);
        Add(granted.Resources, "resourcesListChanged", true);
        Add(granted.ResourceUris.Count > 0, "resourceSubscriptions", List(granted.ResourceUris));
        Add(granted.TaskIds.Count > 0, "taskIds", List(granted.TaskIds));
        return json;
    }

    private static JsonArray List(IReadOnlyList<string> texts) => [.. texts.Select(t => (JsonNode)t)];
}
