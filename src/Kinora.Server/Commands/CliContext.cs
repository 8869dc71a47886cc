using System.CommandLine;
using System.Text.Json;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Server.Configuration;

namespace Kinora.Server.Commands;

/// <summary>What every command has in common: the data folder, the form of its answer, and where text goes (answers to stdout, all else to stderr).</summary>
internal sealed class CliContext(bool json, string? data) : IAsyncDisposable
{
    public static readonly Option<string?> DataOption = new("--data")
    {
        Description = "Data folder (else KINORA_DATA, else the platform's usual place)",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public static readonly Option<bool> JsonOption = new("--json") { Description = "Print one JSON document on stdout", Recursive = true };

    private KinoraConfiguration? _configuration;
    private KinoraHost? _host;

    public bool Json { get; } = json;

    public ILogger? Log { get; private set; }

    /// <summary>The settings as they are written; what they mean is checked when <see cref="Host"/> is opened.</summary>
    public KinoraConfiguration Configuration => _configuration ??= KinoraConfiguration.Load(data);

    public KinoraHost Host
    {
        get
        {
            if (_host is null)
            {
                _host = KinoraHost.Open(Configuration);
                Log = _host.Get<ILoggerFactory>().CreateLogger("Kinora.Commands");
            }

            return _host;
        }
    }

    /// <summary>For a command that serves: its log goes to the standard error stream too, where the settings ask for that. Before <see cref="Host"/> is used.</summary>
    public void LogAsSet()
    {
        if (OptionsReader.Read<LoggingOptions>(Configuration.Settings, "Logging", []).IsJson)
        {
            LogStream.Open();
        }
    }

    /// <summary>Makes an action of a command: a context of its own, faults mapped in one place.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Action(Func<CliContext, ParseResult, CancellationToken, Task<int>> run) =>
        async (parsed, cancel) =>
        {
            // Signals are heard once this task is out of the caller's hands: a command that only then opens its data is never ended in the middle of that.
            await Task.Yield();
            await using var context = new CliContext(parsed.GetValue(JsonOption), parsed.GetValue(DataOption));
            try
            {
                return await run(context, parsed, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
            catch (Exception fault)
            {
                return CliErrors.Report(fault, context);
            }
        };

    /// <summary>As <see cref="Action"/>, for a command that waits by itself.</summary>
    public static int Run(ParseResult parsed, Func<CliContext, int> run)
    {
        var context = new CliContext(parsed.GetValue(JsonOption), parsed.GetValue(DataOption));
        try
        {
            return run(context);
        }
        catch (Exception fault)
        {
            return CliErrors.Report(fault, context);
        }
        finally
        {
            context._host?.Dispose();
        }
    }

    /// <summary>The answer, as text or as the one JSON document.</summary>
    public void Answer(string text, Action<Utf8JsonWriter> json)
    {
        if (!Json)
        {
            Console.Out.WriteLine(text);
            return;
        }

        WriteJson(json);
    }

    /// <summary>A remark for people, on stderr.</summary>
    public static void Say(string text)
    {
        if (LogStream.OfProcess is { } stream)
        {
            stream.Say(LogLevel.Information, text);
        }
        else
        {
            Console.Error.WriteLine(text);
        }
    }

    public void Error(string text, string code, IReadOnlyList<Fault> faults)
    {
        if (Json)
        {
            WriteJson(json => ErrorJson(json, text, code, faults));
        }

        if (LogStream.OfProcess is { } stream)
        {
            stream.Say(LogLevel.Error, text);
            return;
        }

        Console.Error.WriteLine("kinora: " + text.ReplaceLineEndings(Environment.NewLine + "        "));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    /// <summary>What a program can do about an error, beside its code.</summary>
    public static void WriteRecovery(Utf8JsonWriter json, string code)
    {
        var recovery = Recovery.Of(code);
        json.WriteString("category", recovery.Word);
        json.WriteBoolean("retryable", recovery.Retryable);
        json.WriteString("suggestion", recovery.Suggestion);
    }

    private static void ErrorJson(Utf8JsonWriter json, string text, string code, IReadOnlyList<Fault> faults)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", text);
        WriteRecovery(json, code);
        json.WriteStartArray("faults");
        foreach (var fault in faults)
        {
            json.WriteStartObject();
            json.WriteString("field", fault.Field);
            json.WriteString("code", fault.Code);
            json.WriteString("message", fault.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteJson(Action<Utf8JsonWriter> write)
    {
        using var stdout = Console.OpenStandardOutput();
        using var json = new Utf8JsonWriter(stdout, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        write(json);
        json.Flush();
        stdout.Write("\n"u8);
    }
}
