using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Kinora.Jobs;
using Kinora.Uploads;

namespace Kinora.Adapters.Sql;

/// <summary>Uploaded files in SQL.</summary>
internal sealed class SqlUploadStore(ISqlDatabase database) : IUploadStore
{
    private const string Columns = "id, owner, file_name, purpose, bytes, picture, created_at";

    public Task<bool> AddAsync(UploadedFile file, int most, CancellationToken cancel) =>
        database.WriteAsync(session => Add(session, file, most), durable: true, cancel);

    public Task<UploadedFile?> GetAsync(FileId id, string owner, CancellationToken cancel) =>
        database.ReadAsync(
            session => session.Query(
                $"SELECT {Columns} FROM uploads WHERE id = @id AND owner = @owner AND deleted_at IS NULL", Read, ("@id", id.Hex), ("@owner", owner)).FirstOrDefault(),
            cancel);

    public Task<UploadPage?> ListAsync(UploadQuery query, CancellationToken cancel) => database.ReadAsync(session => List(session, query), cancel);

    public Task<bool> DeleteAsync(FileId id, string owner, DateTimeOffset at, CancellationToken cancel) =>
        database.WriteAsync(
            session => session.Execute(
                "UPDATE uploads SET deleted_at = @at, file_name = '', purpose = '', bytes = 0, picture = '' WHERE id = @id AND owner = @owner AND deleted_at IS NULL",
                ("@at", at.Millis()), ("@id", id.Hex), ("@owner", owner)) > 0,
            durable: true,
            cancel);

    public Task<int> CountAsync(string owner, CancellationToken cancel) => database.ReadAsync(session => Count(session, owner), cancel);

    private static bool Add(SqlSession session, UploadedFile file, int most)
    {
        if (Count(session, file.Owner) >= most)
        {
            return false;
        }

        session.Execute(
            $"INSERT INTO uploads ({Columns}) VALUES (@id, @owner, @name, @purpose, @bytes, @picture, @created)",
            ("@id", file.Id.Hex), ("@owner", file.Owner), ("@name", file.FileName), ("@purpose", file.Purpose), ("@bytes", file.Bytes),
            ("@picture", JsonSerializer.Serialize(file.Picture, JobJson.Default.InputImage)), ("@created", file.CreatedAt.Millis()));
        return true;
    }

    private static UploadPage? List(SqlSession session, UploadQuery query)
    {
        var from = query.OldestFirst ? 0 : long.MaxValue;
        if (query.After is { } after)
        {
            if (session.Scalar("SELECT seq FROM uploads WHERE id = @id AND owner = @owner", ("@id", after.Hex), ("@owner", query.Owner)) is not { } place)
            {
                return null;
            }

            from = Convert.ToInt64(place, CultureInfo.InvariantCulture);
        }

        var (behind, order) = query.OldestFirst ? (">", "seq") : ("<", "seq DESC");
        var files = session.Query(
            $"""
             SELECT {Columns} FROM uploads
             WHERE owner = @owner AND deleted_at IS NULL AND seq {behind} @from AND (CAST(@purpose AS TEXT) IS NULL OR purpose = @purpose) ORDER BY {order} LIMIT @limit
             """,
            Read,
            ("@owner", query.Owner), ("@from", from), ("@purpose", query.Purpose), ("@limit", query.Limit + 1));
        return new UploadPage([.. files.Take(query.Limit)], files.Count > query.Limit);
    }

    private static int Count(SqlSession session, string owner) => Convert.ToInt32(
        session.Scalar("SELECT COUNT(*) FROM uploads WHERE owner = @owner AND deleted_at IS NULL", ("@owner", owner)), CultureInfo.InvariantCulture);

    private static UploadedFile Read(DbDataReader row) => new()
    {
        Id = FileId.TryParse("file-" + row.GetString(0), out var id) ? id : throw new InvalidDataException("A stored file id is damaged."),
        Owner = row.GetString(1),
        FileName = row.GetString(2),
        Purpose = row.GetString(3),
        Bytes = row.GetInt64(4),
        Picture = JsonSerializer.Deserialize(row.GetString(5), JobJson.Default.InputImage) ?? throw new InvalidDataException("A stored picture is damaged."),
        CreatedAt = row.Time(6),
    };
}
