using System.CommandLine;
using Kinora.Accounts;
using Kinora.Catalog;
using Kinora.Providers;
using Kinora.Server.Configuration;
using Kinora.Server.Health;
using Kinora.Server.Mcp;
using Kinora.Server.Telemetry;
using Kinora.Server.Web;
using Kinora.Telemetry;

namespace Kinora.Server.Commands;

/// <summary><c>kinora serve</c>: the HTTP server and the engine in one process.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on (default http://127.0.0.1:3000), parted by semicolons", HelpName = "URLS" };
        var flags = new McpFlags();
        var command = new Command("serve", "Serve MCP over HTTP at /mcp, and make the jobs") { urls };
        flags.AddTo(command);
        command.SetAction(CliContext.Action((context, parsed, cancel) => RunAsync(context, parsed.GetValue(urls), flags.Read(parsed), cancel)));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, string? urls, McpFlags.Given given, CancellationToken cancel)
    {
        try
        {
            await ServeAsync(context, urls, given, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // A signal is how a server ends, also one that has just begun.
        }

        return ExitCodes.Done;
    }

    private static async Task ServeAsync(CliContext context, string? urls, McpFlags.Given given, CancellationToken cancel)
    {
        context.LogAsSet();
        var host = context.Host;
        host.Get<PrometheusText>().Start();
        using var export = OtlpExport.Start(context.Configuration.Environment, host.Get<QueueGauges>());
        foreach (var provider in host.Get<ProviderSet>().All)
        {
            Measures.Begin(provider.Name);
        }

        var options = host.Get<ServerOptions>() with { };
        if (urls is not null)
        {
            options = options with { Urls = urls };
        }

        var mcp = McpSetup.Build(given.Over(host.Get<McpOptions>()), context.Configuration.McpName, new McpStudio(() => host));
        var secret = await host.Get<AccountService>().EnsureAdminAsync(context.Configuration.AdminPassword, cancel);
        // Before the engine, and so stopped after it: what its last steps bring about is still told.
        await using var webhooks = new WebhookSession(host);
        await using var runner = new RunnerSession(host);
        await using var server = await KinoraServer.StartAsync(host, options, mcp, cancel);
        CliContext.Say($"Kinora listens on {string.Join(", ", server.Urls)}  (MCP: {server.Urls.First()}/mcp). Ctrl+C ends it.");
        if (secret is not null)
        {
            CliContext.Say($"Sign in as admin with this one-time secret, then choose a password: {secret}");
        }

        // Providers that list their models themselves are asked now, and whoever comes first need not wait for it.
        _ = host.Get<ModelCatalog>().ListAsync(CancellationToken.None);
        await SignalAsync(cancel);
        await StopAsync(host, server, runner, StopLimits.Of(options));
    }

    private static async Task SignalAsync(CancellationToken cancel)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registered = cancel.Register(signal.SetResult);
        await signal.Task;
    }

    /// <summary>
    /// First only <c>/ready</c> says no; then no request is taken, those under way are finished, and the engine hands its jobs back. Whatever hangs, a client
    /// or a provider or a disk, the process ends in time.
    /// </summary>
    private static async Task StopAsync(KinoraHost host, KinoraServer server, RunnerSession runner, StopLimits limits)
    {
        host.Get<StopSignal>().Begin();
        using var last = new Timer(_ => Environment.Exit(ExitCodes.Done), null, limits.Last, Timeout.InfiniteTimeSpan);
        await Task.Delay(limits.Grace, CancellationToken.None);
        await Task.WhenAll(server.StopAsync(), runner.StopAsync(limits.Finish));
    }
}
