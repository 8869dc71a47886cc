using System.ComponentModel;
using System.Diagnostics;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Xunit;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>Clients that come with the machine. Where one is missing, its test is skipped visibly.</summary>
internal static class ForeignProgram
{
    public static async Task<ForeignRun> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        VendorKeys.RemoveFrom(start);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            using var limit = new CancellationTokenSource(KinoraProgram.Patience);
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return new ForeignRun(process.ExitCode, await output, await error);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not on this machine.");
            throw;
        }
    }
}
