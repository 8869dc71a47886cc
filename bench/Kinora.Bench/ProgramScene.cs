using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Kinora.Bench;

/// <summary>One run of the program.</summary>
/// <param name="PeakMiB">Highest resident memory of the program itself.</param>
/// <param name="ChildPeakMiB">Highest of any child.</param>
/// <param name="Id">The job of a JSON answer.</param>
internal sealed record ProgramRun(double Seconds, double PeakMiB, double ChildPeakMiB, string Id);

/// <summary>The published program in a data folder of its own.</summary>
internal sealed class ProgramScene : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kinora-bench-").FullName;
    private readonly string _root = Root();
    private readonly Dictionary<string, string> _settings = [];
    private Process? _lab;

    /// <summary>Runs the program that ./kinora has built, without the script.</summary>
    public Task<ProgramRun> RunAsync(params string[] arguments) => RunAsync(Path.Combine(App(), "Kinora.Server"), arguments);

    /// <summary>The same through the script.</summary>
    public Task<ProgramRun> ScriptAsync(params string[] arguments) => RunAsync(Path.Combine(_root, "kinora"), arguments);

    /// <summary>A .NET program that does nothing.</summary>
    public Task<ProgramRun> BareAsync() => RunAsync(Environment.ProcessPath!, ["nothing"]);

    public async Task StartLabAsync()
    {
        _lab = Process.Start(new ProcessStartInfo(Path.Combine(App(), "Kinora.Server"), ["lab", "--urls", "http://127.0.0.1:4019"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder,
        })!;
        await _lab.StandardOutput.ReadLineAsync();
        foreach (var (key, value) in new[] { ("Kind", "openai-videos"), ("BaseUrl", "http://127.0.0.1:4019/openai/v1"), ("ApiKey", "lab-key"), ("MinPollSeconds", "0.2") })
        {
            _settings["KINORA__Providers__lab__" + key] = value;
        }
    }

    public void Dispose()
    {
        _lab?.Kill();
        _lab?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ProgramRun> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KINORA_DATA"] = Path.Combine(_folder, "data");
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        var (peak, children) = await WatchAsync(process);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(await errors);
        }

        var text = await output;
        return new ProgramRun(clock.Elapsed.TotalSeconds, peak, children, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()! : "");
    }

    /// <summary>Reads the kernel's own high-water marks until the process ends.</summary>
    private static async Task<(double Peak, double Children)> WatchAsync(Process process)
    {
        double peak = 0, children = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, HighWater(process.Id));
            foreach (var child in Process.GetProcessesByName("ffmpeg"))
            {
                using (child)
                {
                    children = Math.Max(children, HighWater(child.Id));
                }
            }

            using var pause = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            await process.WaitForExitAsync(pause.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return (peak, children);
    }

    private static double HighWater(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.AsSpan(6, line.Length - 6 - 2).Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private string App()
    {
        var ready = File.ReadLines(Path.Combine(_root, ".build", "ready")).First();
        return ready["KINORA_APP=".Length..].Trim('\'');
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Kinora.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run it from a clone.");
        }

        return folder;
    }
}
