using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Kinora.Characters;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>Characters in SQL.</summary>
internal sealed class SqlCharacterStore(ISqlDatabase database) : ICharacterStore
{
    private const string Columns = "id, owner, name, pictures, created_at";

    public Task<bool> AddAsync(Character character, int most, CancellationToken cancel) =>
        database.WriteAsync(session => Add(session, character, most), durable: true, cancel);

    public Task<Character?> GetAsync(CharacterId id, string owner, CancellationToken cancel) =>
        database.ReadAsync(
            session => session.Query($"SELECT {Columns} FROM characters WHERE id = @id AND owner = @owner", Read, ("@id", id.Hex), ("@owner", owner)).FirstOrDefault(),
            cancel);

    public Task<int> CountAsync(string owner, CancellationToken cancel) => database.ReadAsync(session => Count(session, owner), cancel);

    private static bool Add(SqlSession session, Character character, int most)
    {
        if (Count(session, character.Owner) >= most)
        {
            return false;
        }

        session.Execute(
            $"INSERT INTO characters ({Columns}) VALUES (@id, @owner, @name, @pictures, @created)",
            ("@id", character.Id.Hex), ("@owner", character.Owner), ("@name", character.Name),
            ("@pictures", JsonSerializer.Serialize(character.Pictures, JobJson.Default.IReadOnlyListInputImage)), ("@created", character.CreatedAt.Millis()));
        return true;
    }

    private static int Count(SqlSession session, string owner) =>
        Convert.ToInt32(session.Scalar("SELECT COUNT(*) FROM characters WHERE owner = @owner", ("@owner", owner)), CultureInfo.InvariantCulture);

    private static Character Read(DbDataReader row) => new()
    {
        Id = CharacterId.TryParse("char_" + row.GetString(0), out var id) ? id : throw new InvalidDataException("A stored character id is damaged."),
        Owner = row.GetString(1),
        Name = row.GetString(2),
        Pictures = JsonSerializer.Deserialize(row.GetString(3), JobJson.Default.IReadOnlyListInputImage) is { Count: > 0 } pictures
            ? pictures
            : throw new InvalidDataException("The stored pictures of a character are damaged."),
        CreatedAt = row.Time(4),
    };
}
