using Kinora.Adapters.Sql;
using Kinora.Tests.Media;

namespace Kinora.Tests.Sql;

/// <summary>A database file of a test's own, opened as often as it likes; gone afterwards.</summary>
internal sealed class SqliteScratch : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<SqliteDatabase> _open = [];

    /// <summary>The one that was opened first.</summary>
    public SqliteDatabase First => _open[0];

    /// <summary>Connections of their own, as another process has them.</summary>
    public SqliteDatabase Open()
    {
        _open.Add(SqliteDatabase.Open(_folder.File("kinora.db")));
        return _open[^1];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _open)
        {
            await database.DisposeAsync();
        }

        _folder.Dispose();
    }
}
