using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Kinora.Catalog;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab;

/// <summary>Where a job of the lab stands.</summary>
internal enum LabState
{
    Queued,
    Running,
    Ended,
}

/// <summary>A job of the lab. It moves on by being looked at, so that a test decides its pace.</summary>
internal sealed class LabJob
{
    private static long _count;

    private readonly ConcurrentDictionary<PlannedFault, int> _played = new(ReferenceEqualityComparer.Instance);
    private int _looks;
    private int _polls;
    private int _contentReads;

    public long Number { get; } = Interlocked.Increment(ref _count);

    public required string Id { get; init; }

    /// <summary>Shape and variant, <c>openai-videos/sglang</c>.</summary>
    public required string Shape { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required LabScript Script { get; init; }

    public required string Prompt { get; init; }

    public required string Model { get; init; }

    public required FrameSize Size { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The job it was remixed, edited or extended from.</summary>
    public string? Source { get; init; }

    /// <summary>The pictures it makes; null for a video.</summary>
    public ImageWish? Wish { get; init; }

    /// <summary>The request of a turn of a conversation, as it came.</summary>
    public JsonObject? Turn { get; init; }

    /// <summary>What its vendor shows again of the request; null where it shows nothing.</summary>
    public JsonObject? Echo { get; init; }

    /// <summary>The calls that were made for it, and what was answered: <c>early 200</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Every question after it, faults included.</summary>
    public int Polls => _polls;

    public int ContentReads => _contentReads;

    /// <summary>Deleted: not found any more.</summary>
    public bool Removed { get; set; }

    /// <summary>Stopped while it ran.</summary>
    public bool Stopped { get; set; }

    /// <summary>Good looks since it ended.</summary>
    public int LooksAfterTheEnd => _looks - Script.Queued - Script.Running;

    /// <summary>When it was last looked at.</summary>
    public DateTimeOffset? LookedAt { get; set; }

    public LabState State => StateAt(_looks);

    public bool HasVideo => State == LabState.Ended && Script.End == "completed" && !Stopped;

    public void NotePoll() => Interlocked.Increment(ref _polls);

    public void NoteContent() => Interlocked.Increment(ref _contentReads);

    /// <summary>One good look: moves the job on and tells where it stands, with progress 0 to 100, and the how-manieth look of the running ones it was.</summary>
    public (LabState State, int Progress, int RunningLook) Look()
    {
        var looks = Interlocked.Increment(ref _looks);
        var state = StateAt(looks);
        return (state, state switch
        {
            LabState.Queued => 0,
            LabState.Running => 100 * (looks - Script.Queued) / (Script.Running + 1),
            _ => 100,
        }, looks - Script.Queued);
    }

    /// <summary>True as long as the fault has turns left; each question takes one.</summary>
    public bool TakesTurn(PlannedFault fault) => fault.Times is not { } times || _played.AddOrUpdate(fault, 1, (_, count) => count + 1) <= times;

    private LabState StateAt(int looks) =>
        looks <= Script.Queued && Script.Queued > 0 ? LabState.Queued : looks <= Script.Queued + Script.Running && Script.Running > 0 ? LabState.Running : LabState.Ended;
}
