using System.Collections.Concurrent;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Workflows;

namespace Kinora.Adapters.Providers.ComfyUi;

/// <summary>Hears over ComfyUI's WebSocket how far jobs are, as long as there are any. Where it cannot be had, jobs have no figures of progress.</summary>
internal sealed class ProgressListener : IDisposable
{
    private const int MostJobs = 1_000;

    private readonly ConcurrentDictionary<string, NodeProgress> _jobs = new(StringComparer.Ordinal);
    private readonly SocketListener _socket;

    public ProgressListener(Endpoint endpoint, TimeProvider clock) => _socket = new SocketListener(endpoint, $"/ws?clientId={ClientId}", () => !_jobs.IsEmpty, Take, clock);

    /// <summary>Messages about a job go to the client that made it.</summary>
    public string ClientId { get; } = "kinora-" + Guid.NewGuid().ToString("N");

    /// <param name="nodes">How many nodes its graph has.</param>
    public void Follow(string id, int nodes)
    {
        if (_jobs.Count >= MostJobs)
        {
            _jobs.Clear();
        }

        _jobs[id] = new NodeProgress(Math.Max(1, nodes));
        _socket.Listen();
    }

    /// <summary>How far a job is, 0 to 1; null when nothing was heard of it.</summary>
    public double? Of(string id)
    {
        if (!_jobs.TryGetValue(id, out var heard))
        {
            return null;
        }

        _socket.Listen();
        return heard.Part;
    }

    public void Forget(string id) => _jobs.TryRemove(id, out _);

    public void Dispose() => _socket.Dispose();

    private void Take(byte[] message)
    {
        var root = LooseElements.Parse(message);
        var data = root.At("data");
        if (data.At("prompt_id").Text() is not { } id || !_jobs.TryGetValue(id, out var job))
        {
            return;
        }

        var node = data.At("node").Text();
        switch (root.At("type").Text())
        {
            case "execution_cached":
                job.Skip(data.At("nodes").Texts());
                break;
            case "executing" when node is not null:
                job.Work(node, 0);
                break;
            case "progress" when data.At("value").Number() is { } value && data.At("max").Number() is > 0 and var most:
                job.Work(node, value / most);
                break;
        }
    }
}
