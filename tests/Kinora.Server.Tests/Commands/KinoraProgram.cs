using System.Diagnostics;
using System.Text.Json;
using Shouldly;

namespace Kinora.Server.Tests.Commands;

/// <summary>What one run of the program answered.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;
}

/// <summary>
/// Runs the real program as a user would: its own process, data folder, working folder and environment. Disposing removes what it made.
/// </summary>
internal sealed class KinoraProgram : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Where the program is.</summary>
    public static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "Kinora.Server");

    private readonly string _root = Directory.CreateTempSubdirectory("kinora-cli-").FullName;

    public KinoraProgram()
    {
        Directory.CreateDirectory(Work);
    }

    public string Data => Environment.GetValueOrDefault("KINORA_DATA") ?? Path.Combine(_root, "data");

    /// <summary>The working folder of every run.</summary>
    public string Work => Path.Combine(_root, "work");

    /// <summary>Settings for every run, e.g. <c>KINORA__Jobs__LeaseSeconds</c>.</summary>
    public Dictionary<string, string> Environment { get; } = new()
    {
        ["KINORA__Jobs__LeaseSeconds"] = "3",
        ["KINORA__Storage__ReserveMegabytes"] = "1",
    };

    /// <summary>A program, with its arguments, that starts Kinora for us, e.g. as another user.</summary>
    public IReadOnlyList<string> Launcher { get; set; } = [];

    public Task<Run> RunAsync(params string[] arguments) => RunAsync(arguments, input: null);

    public async Task<Run> RunAsync(string[] arguments, string? input, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>A run that the test will interrupt or kill.</summary>
    public Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        string[] command = [.. Launcher, Executable, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        VendorKeys.RemoveFrom(start);
        start.Environment["KINORA_DATA"] = Data;
        foreach (var (name, value) in Environment.Select(e => (e.Key, e.Value)).Concat(environment))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static async Task<Run> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        var run = new Run(process.ExitCode, await output, await error);

        // Whatever happens, nobody sees a stack trace.
        run.Error.ShouldNotContain("   at ");
        run.Out.ShouldNotContain("   at ");
        return run;
    }

    /// <summary>The id of the only job there is.</summary>
    public async Task<string> OnlyJobAsync()
    {
        var jobs = (await RunAsync("list", "--json")).Json.GetProperty("data");
        jobs.GetArrayLength().ShouldBe(1);
        return jobs[0].GetProperty("id").GetString()!;
    }

    /// <summary>A job as <c>status --json</c> tells it.</summary>
    public async Task<JsonElement> StatusAsync(string id) => (await RunAsync("status", id, "--json")).Json;

    public string PathOf(string name) => Path.Combine(Work, name);

    public void Dispose()
    {
        foreach (var worker in Process.GetProcessesByName("Kinora.Server"))
        {
            using (worker)
            {
                if (IsOurs(worker))
                {
                    worker.Kill(entireProcessTree: true);
                }
            }
        }

        Directory.Delete(_root, recursive: true);
    }

    private bool IsOurs(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/environ").Contains(Data, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
