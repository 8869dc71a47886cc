using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Kinora.Adapters.Sql;

/// <summary>
/// The native SQLite of this process, and the one place where connections to it are made. Which library it is must be settled before the first call of any: each
/// function is bound to a library when it is first called, and a handle of one library in a function of another ends the process with a jump to address 0.
/// </summary>
internal static class SqliteLibrary
{
    static SqliteLibrary()
    {
        // Debian's patched library where there is one; else the older one that came with the package.
        NativeLibrary.SetDllImportResolver(
            typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            (name, _, _) => name == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out var system) ? system : 0);
        SQLitePCL.Batteries_V2.Init();
    }

    /// <summary>An open connection to a file, which is made where it is not there. Whoever disposes of it closes the file.</summary>
    /// <param name="busySeconds">How long a command waits for another's lock.</param>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static SqliteConnection Open(string file, int busySeconds)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = busySeconds }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
