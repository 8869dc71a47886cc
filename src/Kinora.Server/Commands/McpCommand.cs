using System.CommandLine;
using System.Runtime.InteropServices;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Configuration;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Transport;
using ModelContextProtocol.Server;

namespace Kinora.Server.Commands;

/// <summary>
/// <c>kinora mcp</c>: MCP over stdin and stdout. It makes no video itself: jobs are made by the background worker of the data folder, so that they go on
/// when the client closes or kills this process, and its memory stays small.
/// </summary>
internal static class McpCommand
{
    /// <summary>How long calls that are under way may take after the client has left.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>The product is opened, and earlier jobs are taken up, when the client had its first answers.</summary>
    private static readonly TimeSpan OpensAfter = TimeSpan.FromMilliseconds(500);

    public static Command Build()
    {
        var flags = new McpFlags();
        var command = new Command("mcp", "Serve MCP over stdin and stdout, for agents");
        flags.AddTo(command);
        command.SetAction(parsed => CliContext.Run(parsed, context => Run(context, flags.Read(parsed))));
        return command;
    }

    /// <summary>Not async up to the first answer, see <see cref="StdioTransport"/>.</summary>
    private static int Run(CliContext context, McpFlags.Given given)
    {
        context.LogAsSet();
        // Whatever else may write to stdout must not reach the client.
        var stdout = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        var studio = new McpStudio(() => Open(context));
        var configuration = context.Configuration;
        var faults = new List<string>();
        var surface = McpSetup.Build(given.Over(OptionsReader.Read<McpOptions>(configuration.Settings, "Mcp", faults)), configuration.McpName, studio);
        var transport = new StdioTransport(Console.OpenStandardInput(), stdout);
        var server = McpServer.Create(transport, surface.Options());
        using var leave = new CancellationTokenSource();
        using var opening = new Timer(_ => OpenNow(context, studio), null, OpensAfter, Timeout.InfiniteTimeSpan);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Leave(signal, leave));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Leave(signal, leave));
        var serving = server.RunAsync(leave.Token);
        transport.ClientGone.ContinueWith(_ => leave.CancelAfter(Grace), TaskScheduler.Default);
        serving.GetAwaiter().GetResult();
        return ExitCodes.Done;
    }

    private static void Leave(PosixSignalContext signal, CancellationTokenSource leave)
    {
        signal.Cancel = true;
        leave.Cancel();
    }

    private static KinoraHost Open(CliContext context)
    {
        var host = context.Host;
        host.Get<GenerationService>().Submitted += () => BackgroundWorker.Ensure(host.Data);
        return host;
    }

    /// <summary>Faults of the configuration are told at start, not at the first create; jobs of an earlier run go on.</summary>
    private static void OpenNow(CliContext context, McpStudio studio)
    {
        try
        {
            if (studio.Jobs.CountOpenAsync(CancellationToken.None).GetAwaiter().GetResult() > 0)
            {
                BackgroundWorker.Ensure(context.Host.Data);
            }
        }
        catch (KinoraException fault)
        {
            CliContext.Say("kinora: " + fault.Message);
        }
        catch (Exception fault)
        {
            CliErrors.Report(fault, context);
        }
    }
}
