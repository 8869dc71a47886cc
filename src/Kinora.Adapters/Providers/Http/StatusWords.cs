using System.Collections.Frozen;

namespace Kinora.Adapters.Providers.Http;

/// <summary>Where a job stands at a provider, in our terms.</summary>
internal enum RemoteState
{
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,
    Expired,
}

/// <summary>The status words of all providers (from the pages and clients named in the NOTES.md of their folders, 2026-11-21). A number counts as a word; a word not in the table means running.</summary>
internal static class StatusWords
{
    private static readonly FrozenDictionary<string, RemoteState> _words = Table(
        (RemoteState.Queued, "queued pending submitted not_start starting preparing queueing initializing in_queue throttled suspended 100 101"),
        (RemoteState.Running, "processing running in_progress generating image_downloading video_generating video_generation_completed video_upsampling " +
            "video_upsampling_completed video_upsampling_failed dreaming 102"),
        (RemoteState.Completed, "completed complete success succeeded succeed done finished 103"),
        (RemoteState.Failed, "failed fail failure error aborted budget_exceeded incomplete 104"),
        (RemoteState.Cancelled, "cancelled canceled"),
        (RemoteState.Expired, "expired"));

    public static RemoteState Read(string? word) => word is not null && _words.TryGetValue(word.Trim(), out var state) ? state : RemoteState.Running;

    private static FrozenDictionary<string, RemoteState> Table(params (RemoteState State, string Words)[] rows) => rows
        .SelectMany(row => row.Words.Split(' ').Select(word => KeyValuePair.Create(word, row.State)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
