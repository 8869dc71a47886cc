using System.Collections.Concurrent;
using System.Diagnostics;

namespace Kinora.Jobs;

/// <summary>
/// Named places where two durable things follow each other. With <c>KINORA_CRASH_AT=name</c> (or <c>name:n</c> for the n-th time) the process kills
/// itself there, as hard as <c>kill -9</c>, so that tests can prove what survives. Exists in no Release build.
/// </summary>
public static class CrashPoints
{
    public const string RequestParsed = "request_parsed";
    public const string JobCreated = "job_created";
    public const string IntentCommitted = "intent_committed";
    public const string ReplyNotRead = "reply_not_read";
    public const string ReplyNotCommitted = "reply_not_committed";
    public const string AcceptedCommitted = "accepted_committed";
    public const string MidPoll = "mid_poll";
    public const string RemoteEndCommitted = "remote_end_committed";
    public const string MidDownload = "mid_download";
    public const string ResultJoined = "result_joined";
    public const string AssetSyncedNotRenamed = "asset_synced_not_renamed";
    public const string AssetRenamedNotRecorded = "asset_renamed_not_recorded";
    public const string CompletedCommitted = "completed_committed";
    public const string MidDelete = "mid_delete";
    public const string MidMigration = "mid_migration";
    public const string InRecovery = "in_recovery";

    /// <summary>Every name, for harnesses that sweep over them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        RequestParsed, JobCreated, IntentCommitted, ReplyNotRead, ReplyNotCommitted, AcceptedCommitted, MidPoll, RemoteEndCommitted,
        MidDownload, ResultJoined, AssetSyncedNotRenamed, AssetRenamedNotRecorded, CompletedCommitted, MidDelete, MidMigration, InRecovery,
    ];

    private static readonly string? Wanted = Environment.GetEnvironmentVariable("KINORA_CRASH_AT");
    private static readonly ConcurrentDictionary<string, int> Hits = new();

    /// <summary>Dies here when asked to.</summary>
    [Conditional("CRASH_POINTS")]
    public static void Hit(string name)
    {
        if (Wanted is null || !(Wanted == name || Wanted.StartsWith(name + ":", StringComparison.Ordinal)))
        {
            return;
        }

        var hit = Hits.AddOrUpdate(name, 1, (_, n) => n + 1);
        var wantedHit = Wanted.Length > name.Length && int.TryParse(Wanted.AsSpan(name.Length + 1), out var n) ? n : 1;
        if (hit == wantedHit)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
