using System.Data.Common;
using System.Text.Json;
using Kinora.Assets;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>Reads rows back into records. The column list and the reader stand side by side so that they change together.</summary>
internal static class JobRow
{
    public const string Columns =
        "seq, id, owner, provider, model, request, body_hash, source_id, status, reason, progress, remote_id, remote_data, outputs, " +
        "error_code, error_text, warnings, estimate_micros, charged_micros, created_at, updated_at, submitted_at, ended_at, fence, claims, faults, " +
        "missing_since, cancel_requested, strikes, kind, session_id, alternatives, attempts";

    /// <summary>The states in which a worker has something to do, as a list for SQL. States of a newer version are not in it and left alone.</summary>
    public const string OpenStates = "'queued', 'submitting', 'running', 'collecting'";

    public const string AssetColumns = "job_id, role, idx, file_name, mime_type, bytes, sha256, width, height, seconds, cols, rows, alpha, workspace";

    public static Job Read(DbDataReader row) => new()
    {
        Sequence = row.GetInt64(0),
        Id = Id(row.GetString(1)),
        Owner = row.GetString(2),
        Provider = row.GetString(3),
        Model = row.GetString(4),
        RequestJson = row.GetString(5),
        BodyHash = row.GetString(6),
        SourceId = row.TextOrNull(7) is { } source ? Id(source) : null,
        Status = JobMoves.FromWord(row.GetString(8)) ?? JobStatus.Running,
        Reason = row.GetString(9),
        Progress = row.GetDouble(10),
        RemoteId = row.TextOrNull(11),
        RemoteData = row.TextOrNull(12),
        OutputsJson = row.TextOrNull(13),
        ErrorCode = row.TextOrNull(14),
        ErrorText = row.TextOrNull(15),
        Warnings = row.TextOrNull(16) is { } warnings ? JsonSerializer.Deserialize(warnings, JobJson.Default.IReadOnlyListString)! : [],
        EstimateUsd = row.DollarsOrNull(17),
        ChargedUsd = row.DollarsOrNull(18),
        CreatedAt = row.Time(19),
        UpdatedAt = row.Time(20),
        SubmittedAt = row.TimeOrNull(21),
        EndedAt = row.TimeOrNull(22),
        Fence = row.GetInt64(23),
        Claims = row.GetInt32(24),
        Faults = row.GetInt32(25),
        MissingSince = row.TimeOrNull(26),
        CancelRequested = row.GetInt32(27) != 0,
        Strikes = row.GetInt32(28),
        Kind = KindOf(row.GetString(29)),
        SessionId = row.TextOrNull(30) is { } session && Sessions.SessionId.TryParse(session, out var sessionId) ? sessionId : null,
        Alternatives = row.TextOrNull(31) is { } next ? JsonSerializer.Deserialize(next, JobJson.Default.IReadOnlyListAlternative)! : [],
        Attempts = row.TextOrNull(32) is { } before ? JsonSerializer.Deserialize(before, JobJson.Default.IReadOnlyListAttempt)! : [],
    };

    public static Asset ReadAsset(DbDataReader row) => new()
    {
        JobId = Id(row.GetString(0)),
        Role = Enum.Parse<AssetRole>(row.GetString(1), ignoreCase: true),
        Index = row.GetInt32(2),
        FileName = row.GetString(3),
        MimeType = row.GetString(4),
        Bytes = row.GetInt64(5),
        Sha256 = row.GetString(6),
        Width = row.IntOrNull(7),
        Height = row.IntOrNull(8),
        Seconds = row.DoubleOrNull(9),
        Columns = row.IntOrNull(10),
        Rows = row.IntOrNull(11),
        Alpha = row.GetInt32(12) != 0,
        WorkspaceName = row.TextOrNull(13),
    };

    public static JobEvent ReadEvent(DbDataReader row) => new(
        row.GetInt64(0),
        Id(row.GetString(1)),
        row.GetString(2),
        row.GetString(3),
        row.Time(4),
        JsonSerializer.Deserialize(row.GetString(5), JobJson.Default.EventData)!,
        KindOf(row.GetString(6)));

    private static MediaKind KindOf(string word) => Enum.Parse<MediaKind>(word, ignoreCase: true);

    public static JobId Id(string hex) => JobId.TryParse(hex, out var id) ? id : throw new InvalidDataException("A stored job id is damaged.");
}
