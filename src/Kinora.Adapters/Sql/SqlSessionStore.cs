using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Kinora.Jobs;
using Kinora.Sessions;

namespace Kinora.Adapters.Sql;

/// <summary>Image sessions in SQL; their turns are rows of <c>jobs</c>.</summary>
internal sealed class SqlSessionStore(ISqlDatabase database) : ISessionStore
{
    private const string Columns = "id, owner, name, description, model, asked_model, origin_job, origin_index, origin_picture, created_at, used_at, closed_at";

    private const string SummaryColumns = $"""
        {Columns},
        (SELECT COUNT(*) FROM jobs WHERE jobs.session_id = image_sessions.id AND jobs.status = 'completed' AND jobs.deleted_at IS NULL),
        (SELECT id FROM jobs WHERE jobs.session_id = image_sessions.id AND jobs.status = 'completed' AND jobs.deleted_at IS NULL ORDER BY jobs.seq DESC LIMIT 1)
        """;

    public Task<bool> CreateAsync(ImageSession session, int most, DateTimeOffset liveSince, CancellationToken cancel) =>
        database.WriteAsync(sql => Create(sql, session, most, liveSince), durable: true, cancel);

    public Task<ImageSession?> GetAsync(SessionId id, string? owner, CancellationToken cancel) =>
        database.ReadAsync(
            sql => sql.Query(
                $"SELECT {Columns} FROM image_sessions WHERE id = @id AND (CAST(@owner AS TEXT) IS NULL OR owner = @owner)", Read, ("@id", id.Hex), ("@owner", owner)).FirstOrDefault(),
            cancel);

    public Task<IReadOnlyList<SessionSummary>> ListActiveAsync(string owner, DateTimeOffset liveSince, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<SessionSummary>>(
            sql => sql.Query(
                $"SELECT {SummaryColumns} FROM image_sessions WHERE owner = @owner AND closed_at IS NULL AND used_at >= @live ORDER BY used_at DESC, seq DESC",
                ReadSummary,
                ("@owner", owner), ("@live", liveSince.Millis())),
            cancel);

    public Task<IReadOnlyList<SessionSummary>> ListEndedAsync(string owner, DateTimeOffset liveSince, SessionId? after, int most, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<SessionSummary>>(
            sql => sql.Query(
                $"""
                 SELECT {SummaryColumns} FROM image_sessions
                 WHERE owner = @owner AND (closed_at IS NOT NULL OR used_at < @live)
                     AND (CAST(@after AS TEXT) IS NULL OR (used_at, seq) < (SELECT used_at, seq FROM image_sessions WHERE id = @after AND owner = @owner))
                 ORDER BY used_at DESC, seq DESC LIMIT @most
                 """,
                ReadSummary,
                ("@owner", owner), ("@live", liveSince.Millis()), ("@after", after?.Hex), ("@most", most)),
            cancel);

    public Task TouchAsync(SessionId id, DateTimeOffset at, CancellationToken cancel) =>
        database.WriteAsync(
            sql => sql.Execute("UPDATE image_sessions SET used_at = @at WHERE id = @id AND used_at < @at", ("@at", at.Millis()), ("@id", id.Hex)), durable: false, cancel);

    public Task<bool> CloseAsync(SessionId id, string owner, DateTimeOffset at, CancellationToken cancel) =>
        database.WriteAsync(
            sql => sql.Execute(
                "UPDATE image_sessions SET closed_at = @at WHERE id = @id AND owner = @owner AND closed_at IS NULL",
                ("@at", at.Millis()), ("@id", id.Hex), ("@owner", owner)) > 0,
            durable: true,
            cancel);

    public Task<IReadOnlyList<Job>> TurnsAsync(SessionId id, CancellationToken cancel) => database.ReadAsync(sql => SqlJobQueries.Turns(sql, id), cancel);

    public Task<Job?> LastPictureAsync(SessionId id, CancellationToken cancel) =>
        database.ReadAsync(
            sql => sql.Query(
                    "SELECT id FROM jobs WHERE session_id = @session AND status = 'completed' AND deleted_at IS NULL ORDER BY seq DESC LIMIT 1",
                    row => JobRow.Id(row.GetString(0)),
                    ("@session", id.Hex)) is [var last, ..]
                ? SqlJobQueries.Single(sql, last, owner: null, deletedToo: false)
                : null,
            cancel);

    private static bool Create(SqlSession sql, ImageSession session, int most, DateTimeOffset liveSince)
    {
        var active = sql.Scalar(
            "SELECT COUNT(*) FROM image_sessions WHERE owner = @owner AND closed_at IS NULL AND used_at >= @live",
            ("@owner", session.Owner), ("@live", liveSince.Millis()));
        if (Convert.ToInt64(active, CultureInfo.InvariantCulture) >= most)
        {
            return false;
        }

        sql.Execute(
            $"""
             INSERT INTO image_sessions ({Columns})
             VALUES (@id, @owner, @name, @description, @model, @asked, @origin, @index, @picture, @created, @used, @closed)
             """,
            ("@id", session.Id.Hex), ("@owner", session.Owner), ("@name", session.Name), ("@description", session.Description), ("@model", session.Model),
            ("@asked", session.AskedModel), ("@origin", session.Origin?.Job.Hex), ("@index", session.Origin?.Index ?? 0),
            ("@picture", session.OriginPicture is { } picture ? JsonSerializer.Serialize(picture, JobJson.Default.OriginPicture) : null),
            ("@created", session.CreatedAt.Millis()), ("@used", session.UsedAt.Millis()), ("@closed", session.ClosedAt.Millis()));
        return true;
    }

    private static SessionSummary ReadSummary(DbDataReader row) =>
        new(Read(row), row.GetInt32(12), row.TextOrNull(13) is { } newest ? JobRow.Id(newest) : null);

    private static ImageSession Read(DbDataReader row) => new()
    {
        Id = SessionId.TryParse(row.GetString(0), out var id) ? id : throw new InvalidDataException("A stored session id is damaged."),
        Owner = row.GetString(1),
        Name = row.TextOrNull(2),
        Description = row.GetString(3),
        Model = row.GetString(4),
        AskedModel = row.TextOrNull(5),
        Origin = row.TextOrNull(6) is { } job ? new ImageId(JobRow.Id(job), row.GetInt32(7)) : null,
        OriginPicture = row.TextOrNull(8) is { } picture ? JsonSerializer.Deserialize(picture, JobJson.Default.OriginPicture) : null,
        CreatedAt = row.Time(9),
        UsedAt = row.Time(10),
        ClosedAt = row.TimeOrNull(11),
    };
}
