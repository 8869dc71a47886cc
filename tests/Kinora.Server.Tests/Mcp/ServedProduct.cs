using System.Diagnostics;
using System.Text.RegularExpressions;
using Kinora.Server.Tests.Commands;
using Xunit;

namespace Kinora.Server.Tests.Mcp;

/// <summary><c>kinora serve</c> as a process of its own, on a free port, with a data folder of its own.</summary>
public sealed partial class ServedProduct : IAsyncLifetime
{
    private readonly KinoraProgram _kinora;
    private readonly KinoraProgram? _own;
    private Process? _process;

    public ServedProduct() => _kinora = _own = new KinoraProgram();

    /// <param name="kinora">Its settings and data folder; whoever made it disposes it.</param>
    internal ServedProduct(KinoraProgram kinora) => _kinora = kinora;

    public string Url { get; private set; } = "";

    internal KinoraProgram Kinora => _kinora;

    public async ValueTask InitializeAsync() => await StartAsync();

    public async Task StartAsync(params string[] flags)
    {
        _process = _kinora.Start(["serve", .. flags.Contains("--urls") ? [] : (string[])["--urls", "http://127.0.0.1:0"], .. flags]);
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        while (await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            if (Address().Match(line) is { Success: true } found)
            {
                Url = found.Groups[1].Value;
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("kinora serve ended without listening.");
    }

    /// <summary>Of its process.</summary>
    public int Id => _process!.Id;

    /// <summary>The most memory it has held in RAM so far, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process!.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>As systemd and containers ask a program to end; what it answers is told by <see cref="EndedAsync"/>.</summary>
    public void Terminate() => Signal("-TERM");

    /// <summary>It stands still, as a frozen machine does: nothing is closed, and nothing answers.</summary>
    public void Freeze() => Signal("-STOP");

    public void Thaw() => Signal("-CONT");

    /// <summary>Its exit code.</summary>
    public async Task<int> EndedAsync()
    {
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        await _process!.WaitForExitAsync(limit.Token);
        var code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Like kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Waits for an end that somebody else brings about.</summary>
    public async Task DiedAsync()
    {
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        await _process!.WaitForExitAsync(limit.Token);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _own?.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    [GeneratedRegex(@"MCP: (\S+)\)")]
    private static partial Regex Address();
}
