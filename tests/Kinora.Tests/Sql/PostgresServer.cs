using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Kinora.Tests.Sql;

/// <summary>A PostgreSQL server of the tests' own: data in a temporary folder, nothing kept on the disk, gone with this process however it ends.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Install = "PostgreSQL's programs are missing. Type:  sudo apt-get install -y postgresql";

    private readonly string _folder = Directory.CreateTempSubdirectory("kinora-pg-").FullName;
    private readonly string _programs;
    private readonly string? _user;
    private Process? _process;

    private PostgresServer()
    {
        _programs = FindPrograms();
        // The server refuses to run as root.
        _user = Environment.IsPrivilegedProcess ? "postgres" : null;
        Port = FreePort();
    }

    public int Port { get; }

    public string Password { get; private init; } = "p-" + Guid.NewGuid().ToString("N");

    /// <summary>By socket, without a password.</summary>
    public string ConnectionString => FormattableString.Invariant($"Host={_folder};Port={Port};Database=postgres;Username=kinora");

    /// <summary>By address, with a password.</summary>
    public string Address => FormattableString.Invariant($"postgres://kinora:{Password}@127.0.0.1:{Port}/postgres");

    /// <summary>Of the server and all its processes, those that have ended too.</summary>
    public TimeSpan Cpu()
    {
        var server = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var ticks = 0L;
        foreach (var place in Directory.GetDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _)))
        {
            try
            {
                // After the name in brackets: state, parent, ...; user, system, and both of children that were waited for are the 12th to 15th (proc(5)).
                var fields = File.ReadAllText(Path.Combine(place, "stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (Path.GetFileName(place) == server.ToString(CultureInfo.InvariantCulture) || fields[1] == server.ToString(CultureInfo.InvariantCulture))
                {
                    ticks += fields[11..15].Sum(f => long.Parse(f, CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return TimeSpan.FromSeconds(ticks / 100.0);
    }

    private string Data => Path.Combine(_folder, "data");

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        await server.MakeAsync();
        await server.RunAsync();
        return server;
    }

    /// <summary>A standby of this server: a copy that follows what is committed here.</summary>
    /// <param name="port">Of this server, or of a line to it.</param>
    public async Task<PostgresServer> StandbyAsync(int port)
    {
        var standby = new PostgresServer { Password = Password };
        await standby.OwnFolderAsync();
        await DoneAsync([.. As(
            Path.Combine(_programs, "pg_basebackup"), "-D", standby.Data, "--write-recovery-conf", "--checkpoint=fast", "--no-sync", "-d",
            FormattableString.Invariant($"host=127.0.0.1 port={port} user=kinora password={Password}"))]);
        await standby.ConfigureAsync();
        await standby.RunAsync();
        return standby;
    }

    /// <summary>Commits that ask to be kept wait for a standby from now on.</summary>
    public async Task WaitForStandbyAsync()
    {
        await ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await ExecuteAsync("SELECT pg_reload_conf()");
        while (await ExecuteAsync("SELECT sync_state FROM pg_stat_replication") is not "sync")
        {
            await Task.Delay(50);
        }
    }

    /// <summary>Ends it as a crash does (SIGQUIT: nothing is written any more), or in order.</summary>
    public async Task StopAsync(bool crash)
    {
        var pid = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        await DoneAsync("kill", crash ? "-QUIT" : "-INT", pid);
        await _process!.WaitForExitAsync();
    }

    public async Task RunAsync()
    {
        // The shell holds our end of a pipe: when this process is gone, however, so is the server.
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec 3<&0; \"$@\" </dev/null >/dev/null 2>\"$LOG\" 3<&- & server=$!; (cat <&3 >/dev/null; kill -INT $server 2>/dev/null) & wait $server; kill $! 2>/dev/null; exit 0");
        start.ArgumentList.Add("postgres");
        start.Environment["LOG"] = Path.Combine(_folder, "log");
        foreach (var word in As(Path.Combine(_programs, "postgres"), "-D", Data))
        {
            start.ArgumentList.Add(word);
        }

        _process = Process.Start(start)!;
        for (var i = 0; ; i++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (i < 600 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Runs statements as the owner of everything.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await StopAsync(crash: true);
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task MakeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret"), Password);
        await OwnFolderAsync();
        await DoneAsync([.. As(
            Path.Combine(_programs, "initdb"), "-D", Data, "-U", "kinora", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256",
            "--pwfile", Path.Combine(_folder, "secret"))]);
        await ConfigureAsync();
    }

    private async Task OwnFolderAsync()
    {
        if (_user is not null)
        {
            await DoneAsync("chown", "-R", _user, _folder);
        }
    }

    /// <summary>What stands last in the file counts: a copy has the lines of its original too.</summary>
    private Task ConfigureAsync() =>
        File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"), string.Create(CultureInfo.InvariantCulture, $"""

            listen_addresses = '127.0.0.1'
            port = {Port}
            unix_socket_directories = '{_folder}'
            max_connections = 300
            shared_buffers = 32MB
            fsync = off
            full_page_writes = off
            autovacuum_naptime = 10s

            """));

    private string[] As(params string[] command) => _user is null ? command : ["setpriv", "--reuid", _user, "--regid", _user, "--clear-groups", .. command];

    private static async Task DoneAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        var told = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} failed: {await told}");
        }
    }

    private static string FindPrograms()
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').ToList();
        if (Directory.Exists("/usr/lib/postgresql"))
        {
            places.InsertRange(0, Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")));
        }

        return places.Find(p => File.Exists(Path.Combine(p, "initdb")) && File.Exists(Path.Combine(p, "postgres"))) ?? throw new InvalidOperationException(Install);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
