using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Kinora.Server.Lab;

/// <summary>What all shapes of one lab share.</summary>
internal sealed class LabDesk(LabOptions options, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, LabJob> _jobs = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, int> _turns = new(StringComparer.Ordinal);

    public TimeProvider Clock { get; } = options.Clock;

    public CancellationToken Stopping { get; } = stopping;

    public LabLedger Ledger { get; } = new();

    public LabTraffic Traffic { get; } = new();

    public LabVideos Videos { get; } = new(options.Ffmpeg);

    public LabPictures Pictures { get; } = new(options.Ffmpeg);

    /// <summary>Scripts for the next creates, in order.</summary>
    public ConcurrentQueue<LabScript> Scripts { get; } = new();

    /// <summary>Met by every request to a shape while set.</summary>
    public PlannedFault? Outage { get; set; }

    /// <summary>Newest first.</summary>
    public IEnumerable<LabJob> Jobs => _jobs.Values.OrderByDescending(job => job.Number);

    public void Add(LabJob job) => _jobs[job.Id] = job;

    public bool TryFind(string shape, string id, [NotNullWhen(true)] out LabJob? job) => _jobs.TryGetValue(id, out job) && job.Shape == shape && !job.Removed;

    /// <summary>True as long as a fault of a create has turns left for the sender; each create takes one.</summary>
    public bool TakesTurn(string sender, PlannedFault fault) =>
        fault.Times is not { } times || _turns.AddOrUpdate($"{fault.Fault.Name} {sender}", 1, (_, count) => count + 1) <= times;

    public void Reset()
    {
        Ledger.Reset();
        Traffic.Reset();
        Scripts.Clear();
        _jobs.Clear();
        _turns.Clear();
        Outage = null;
    }
}
