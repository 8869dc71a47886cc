using System.Text.Json;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.ComfyUi;

/// <summary>Where a job stands in the server's queue.</summary>
internal enum Standing
{
    Nowhere,
    Pending,
    Running,
}

/// <summary>
/// The server's queue. One reading tells of everybody's jobs, and each job in it with its whole graph: so it answers for a second for all jobs that it names. A job
/// that it does not name is asked for anew.
/// </summary>
internal sealed class RemoteQueue(ApiClient api, TimeProvider clock)
{
    /// <summary>The most a reading may weigh, in bytes.</summary>
    private const int Cap = 32 * 1024 * 1024;

    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);

    private volatile Reading? _last;

    /// <summary>For a look, which comes again.</summary>
    public async Task<(Standing Standing, string? Fault)> LookAsync(string id, CancellationToken cancel) =>
        _last is { } last && clock.GetUtcNow() - last.At is var age && age >= TimeSpan.Zero && age < _fresh && last.Of(id) is var known and not Standing.Nowhere
            ? (known, null)
            : await AskAsync(id, cancel);

    /// <summary>As it is now.</summary>
    public async Task<(Standing Standing, string? Fault)> AskAsync(string id, CancellationToken cancel)
    {
        var at = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Get, api.Endpoint.At("/queue"));
        var (reply, fault) = await api.AskAsync(request, cancel, Cap);
        var root = reply is { IsSuccess: true } ? reply.ReadLoose() : default;
        if (root.At("queue_running").ValueKind == JsonValueKind.Undefined)
        {
            return (Standing.Nowhere, reply is null ? fault : api.Say(reply));
        }

        var reading = new Reading(at, Ids(root.At("queue_running")), Ids(root.At("queue_pending")));
        _last = reading;
        return (reading.Of(id), null);
    }

    /// <summary>Of each entry the second value.</summary>
    private static HashSet<string> Ids(JsonElement list) => [.. list.Items().Select(job => job.Items().ElementAtOrDefault(1).Text()).OfType<string>()];

    private sealed record Reading(DateTimeOffset At, HashSet<string> Running, HashSet<string> Pending)
    {
        public Standing Of(string id) => Running.Contains(id) ? Standing.Running : Pending.Contains(id) ? Standing.Pending : Standing.Nowhere;
    }
}
