using Npgsql;

namespace Kinora.Adapters.Sql;

/// <summary>The setting <c>Database</c>: a PostgreSQL connection string, as an address (<c>postgres://user:password@host:5432/kinora</c>) or as pairs (<c>Host=…;Database=…</c>).</summary>
internal static class PostgresSetting
{
    /// <summary>Connections for reads; the writer and the one that listens come on top.</summary>
    public const int UsualReaders = 8;

    /// <summary>What the library says when the setting does not.</summary>
    private const int LibrarysPool = 100;

    private const string Form = "a PostgreSQL connection string is expected: postgres://user:password@host:5432/database, or Host=…;Database=…;Username=…;Password=…";

    /// <summary>Limits of every session, in milliseconds: no statement, no wait for a lock and no forgotten transaction holds up the other processes for long; a dead line is noticed.</summary>
    private const string Limits =
        "-c statement_timeout=12000 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=5000 -c client_min_messages=warning " +
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3 -c tcp_user_timeout=15000 -c default_transaction_isolation=read\\ committed";

    /// <summary>The setting with all that Kinora decides itself; null with a fault that holds nothing of the setting, because there is a password in it.</summary>
    public static string? Parse(string setting, out string? fault)
    {
        try
        {
            var parts = IsAddress(setting) ? FromAddress(setting) : new NpgsqlConnectionStringBuilder(setting);
            if (string.IsNullOrEmpty(parts.Host) || string.IsNullOrEmpty(parts.Database))
            {
                fault = "it names no " + (string.IsNullOrEmpty(parts.Host) ? "host" : "database") + "; " + Form + ".";
                return null;
            }

            Complete(parts);
            fault = null;
            return parts.ConnectionString;
        }
        catch (Exception mistake) when (mistake is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            fault = Form + ".";
            return null;
        }
    }

    private static bool IsAddress(string setting) =>
        setting.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || setting.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static void Complete(NpgsqlConnectionStringBuilder parts)
    {
        parts.ApplicationName ??= "kinora";
        parts.Options = string.IsNullOrEmpty(parts.Options) ? Limits : $"{Limits} {parts.Options}";
        // Sessions keep their prepared statements and are kept themselves.
        parts.MaxPoolSize = parts.MaxPoolSize == LibrarysPool ? UsualReaders : Math.Max(parts.MaxPoolSize, 1);
        parts.Pooling = false;
        parts.Enlist = false;
        parts.Timeout = Math.Min(parts.Timeout, 5);
        // Beyond the server's own limit, for when no answer comes at all.
        parts.CommandTimeout = 15;
        parts.CancellationTimeout = 1_000;
        parts.PersistSecurityInfo = false;
        parts.IncludeErrorDetail = false;
    }

    private static NpgsqlConnectionStringBuilder FromAddress(string setting)
    {
        var address = new Uri(setting);
        var parts = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(address.IdnHost), Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')) };
        if (address.Port > 0)
        {
            parts.Port = address.Port;
        }

        if (address.UserInfo.Split(':', 2) is [{ Length: > 0 } user, ..] named)
        {
            parts.Username = Uri.UnescapeDataString(user);
            parts.Password = named.Length == 2 ? Uri.UnescapeDataString(named[1]) : null;
        }

        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var key, var given] ? (key, Uri.UnescapeDataString(given.Replace('+', ' '))) : throw new FormatException();
            parts[Word(name)] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return parts;
    }

    /// <summary>The names of PostgreSQL's own library for those of this one.</summary>
    private static string Word(string name) => name.ToLowerInvariant() switch
    {
        "host" => "Host",
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "application_name" => "Application Name",
        "connect_timeout" => "Timeout",
        "options" => "Options",
        "search_path" => "Search Path",
        "target_session_attrs" => "Target Session Attributes",
        _ => throw new FormatException(),
    };
}
