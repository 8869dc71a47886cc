using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kinora.Bench;

/// <summary>One run of the program.</summary>
/// <param name="PeakMiB">Highest resident memory of the program itself.</param>
/// <param name="ChildPeakMiB">Highest of any child.</param>
/// <param name="Id">The job of a JSON answer.</param>
internal sealed record ProgramRun(double Seconds, double PeakMiB, double ChildPeakMiB, string Id);

/// <summary>The published program in a data folder of its own.</summary>
internal sealed partial class ProgramScene : IDisposable
{
    private readonly Dictionary<string, string> _settings = [];
    private Process? _lab;

    /// <summary>The working folder of everything that it starts; gone at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("kinora-bench-").FullName;

    /// <summary>The clone.</summary>
    public string Root { get; } = FindRoot();

    /// <summary>The published program.</summary>
    public string Program => Path.Combine(App(), "Kinora.Server");

    /// <summary>An environment variable of whatever is started from now on.</summary>
    public void Set(string name, string value) => _settings[name] = value;

    /// <summary>Runs the program that ./kinora has built, without the script.</summary>
    public Task<ProgramRun> RunAsync(params string[] arguments) => RunAsync(Program, arguments);

    /// <summary>The same through the script.</summary>
    public Task<ProgramRun> ScriptAsync(params string[] arguments) => RunAsync(Path.Combine(Root, "kinora"), arguments);

    /// <summary>A .NET program that does nothing.</summary>
    public Task<ProgramRun> BareAsync() => RunAsync(Environment.ProcessPath!, ["nothing"]);

    /// <summary>Starts a program and leaves it running, in the same data folder and settings. Its stdin and stdout are pipes of the caller, its stderr is dropped.</summary>
    public Process Spawn(string program, params string[] arguments)
    {
        var process = Process.Start(StartInfo(program, arguments))!;
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The same for an HTTP server: waits until it has said its address.</summary>
    public async Task<(Process Process, Uri Url)> ServeAsync(string program, params string[] arguments)
    {
        var said = new TaskCompletionSource<Uri>();
        var process = new Process { StartInfo = StartInfo(program, arguments) };
        process.OutputDataReceived += (_, line) => Listen(line.Data, said);
        process.ErrorDataReceived += (_, line) => Listen(line.Data, said);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, await said.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    public async Task StartLabAsync()
    {
        _lab = Process.Start(new ProcessStartInfo(Program, ["lab", "--urls", "http://127.0.0.1:4019"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
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
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<ProgramRun> RunAsync(string program, string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(StartInfo(program, arguments))!;
        process.StandardInput.Close();
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

    private static void Listen(string? line, TaskCompletionSource<Uri> said)
    {
        if (line is not null && Address().Match(line) is { Success: true } match)
        {
            said.TrySetResult(new Uri(match.Value));
        }
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+")]
    private static partial Regex Address();

    private ProcessStartInfo StartInfo(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KINORA_DATA"] = Path.Combine(Folder, "data");
        start.Environment["KINORA__Mcp__CreatesPerMinute"] = "0";
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Reads the kernel's own high-water marks until the process ends.</summary>
    private static async Task<(double Peak, double Children)> WatchAsync(Process process)
    {
        double peak = 0, children = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, ProcessFigures.PeakMiB(process.Id));
            foreach (var child in Process.GetProcessesByName("ffmpeg"))
            {
                using (child)
                {
                    children = Math.Max(children, ProcessFigures.PeakMiB(child.Id));
                }
            }

            using var pause = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            await process.WaitForExitAsync(pause.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return (peak, children);
    }

    private string App()
    {
        var ready = File.ReadLines(Path.Combine(Root, ".build", "ready")).First();
        return ready["KINORA_APP=".Length..].Trim('\'');
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Kinora.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run it from a clone.");
        }

        return folder;
    }
}
