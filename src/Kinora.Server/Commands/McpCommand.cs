using System.CommandLine;
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

    /// <summary>The configuration is read, and earlier jobs are taken up, when the client had its first answers.</summary>
    private static readonly TimeSpan OpensAfter = TimeSpan.FromMilliseconds(500);

    public static Command Build()
    {
        var flags = new McpFlags();
        var command = new Command("mcp", "Serve MCP over stdin and stdout, for agents");
        flags.AddTo(command);
        command.SetAction(CliContext.Action((context, parsed, cancel) => RunAsync(context, flags.Read(parsed), cancel)));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, McpFlags.Given given, CancellationToken cancel)
    {
        // Whatever else may write to stdout must not reach the client.
        var stdout = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        var studio = new McpStudio(() => Open(context));
        var configuration = context.Configuration;
        var faults = new List<string>();
        var surface = McpSetup.Build(given.Over(OptionsReader.Read<McpOptions>(configuration.Settings, "Mcp", faults)), configuration.McpName, studio);
        await using var transport = new StdioTransport(Console.OpenStandardInput(), stdout);
        await using var server = McpServer.Create(transport, surface.Options());
        using var leave = new CancellationTokenSource();
        using var stop = cancel.Register(leave.Cancel);
        var opening = OpenLaterAsync(context, studio, leave.Token);
        var serving = server.RunAsync(leave.Token);
        _ = transport.ClientGone.ContinueWith(_ => leave.CancelAfter(Grace), TaskScheduler.Default);
        await serving;
        await leave.CancelAsync();
        await opening;
        return ExitCodes.Done;
    }

    private static KinoraHost Open(CliContext context)
    {
        var host = context.Host;
        host.Get<GenerationService>().Submitted += () => BackgroundWorker.Ensure(host.Data);
        return host;
    }

    /// <summary>Faults of the configuration are told at start, not at the first create; jobs of an earlier run go on.</summary>
    private static async Task OpenLaterAsync(CliContext context, McpStudio studio, CancellationToken leaving)
    {
        await Task.Delay(OpensAfter, leaving).ContinueWith(_ => { }, TaskScheduler.Default);
        if (leaving.IsCancellationRequested)
        {
            return;
        }

        try
        {
            if (await studio.Jobs.CountOpenAsync(leaving) > 0)
            {
                BackgroundWorker.Ensure(context.Host.Data);
            }
        }
        catch (KinoraException fault)
        {
            CliContext.Say("kinora: " + fault.Message);
        }
        catch (OperationCanceledException)
        {
            // The client has left already.
        }
    }
}
