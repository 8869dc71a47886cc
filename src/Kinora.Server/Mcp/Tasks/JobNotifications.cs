using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kinora.Events;
using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Protocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Tasks;

/// <summary>Stored events of a caller's jobs as notifications. Other people's jobs are never granted and never heard of.</summary>
internal sealed class JobNotifications(McpStudio studio) : INotificationSource
{
    public async Task<INotificationStream> OpenAsync(McpClientInfo client, SubscriptionWish wish, CancellationToken cancel)
    {
        var events = await studio.Events.ListenAsync(client.Caller.UserId, cancel);
        try
        {
            return new Stream(studio, client, await GrantAsync(client, wish, cancel), events);
        }
        catch
        {
            events.Dispose();
            throw;
        }
    }

    private async Task<SubscriptionWish> GrantAsync(McpClientInfo client, SubscriptionWish wish, CancellationToken cancel)
    {
        var uris = new List<string>();
        foreach (var uri in wish.ResourceUris)
        {
            if (JobResources.JobOf(uri) is { } id && await OwnsAsync(client, id, cancel))
            {
                uris.Add(uri);
            }
        }

        var tasks = new List<string>();
        foreach (var task in wish.TaskIds)
        {
            if (JobId.TryParse(task, out var id) && await OwnsAsync(client, id, cancel))
            {
                tasks.Add(task);
            }
        }

        // The lists of tools and prompts never change while the program runs.
        return new SubscriptionWish { Resources = wish.Resources, ResourceUris = uris, TaskIds = tasks };
    }

    private async Task<bool> OwnsAsync(McpClientInfo client, JobId id, CancellationToken cancel) =>
        await studio.Jobs.GetAsync(id, client.Caller.UserId, cancel) is not null;

    private sealed class Stream(McpStudio studio, McpClientInfo client, SubscriptionWish granted, EventListener events) : INotificationStream
    {
        public SubscriptionWish Granted => granted;

        public async IAsyncEnumerable<SubscriptionNews> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
        {
            var uris = granted.ResourceUris.ToLookup(u => JobResources.JobOf(u)!.Value);
            var tasks = granted.TaskIds.Select(t => JobId.TryParse(t, out var id) ? id : default).ToHashSet();

            // What happened between the client's last look and now.
            foreach (var task in tasks)
            {
                if (await TaskNewsAsync(task, cancel) is { } state)
                {
                    yield return state;
                }
            }

            await foreach (var happened in events.ReadAsync(cancel))
            {
                if (granted.Resources && happened.Type is JobEvent.Created or JobEvent.Deleted)
                {
                    yield return new SubscriptionNews(NotificationMethods.ResourceListChangedNotification, []);
                }

                foreach (var uri in uris[happened.JobId])
                {
                    yield return new SubscriptionNews(NotificationMethods.ResourceUpdatedNotification, new JsonObject { ["uri"] = uri });
                }

                if (tasks.Contains(happened.JobId) && await TaskNewsAsync(happened.JobId, cancel) is { } news)
                {
                    yield return news;
                }
            }
        }

        public void Dispose() => events.Dispose();

        private async Task<SubscriptionNews?> TaskNewsAsync(JobId id, CancellationToken cancel) =>
            await studio.Jobs.GetAsync(id, client.Caller.UserId, cancel) is { } job
                ? new SubscriptionNews("notifications/tasks", JobTasks.StateOf(job).ToJson(resultType: null))
                : null;
    }
}
