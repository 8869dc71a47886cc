using System.CommandLine;

namespace Kinora.Server.Lab;

/// <summary><c>kinora lab</c>.</summary>
internal static class LabCommand
{
    public static Command Build()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "The loopback address to listen on.",
            DefaultValueFactory = _ => "http://127.0.0.1:4010",
        };
        var verbose = new Option<bool>("--verbose") { Description = "Log requests to stderr." };
        var command = new Command("lab", "Run a loopback provider with scripted faults and a ledger of every create it accepted. Needs no key. Help while it runs: GET /lab.")
        {
            urls,
            verbose,
        };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(urls)!, parsed.GetValue(verbose), parsed.InvocationConfiguration, cancel));
        return command;
    }

    private static async Task<int> RunAsync(string url, bool verbose, InvocationConfiguration console, CancellationToken cancel)
    {
        try
        {
            await using var lab = await LabServer.StartAsync(new LabOptions { Url = url, Verbose = verbose }, cancel);
            await console.Output.WriteLineAsync(Greeting(lab.BaseUrl));
            await lab.WaitForShutdownAsync(cancel);
            return 0;
        }
        catch (Exception fault) when (fault is ArgumentException or IOException)
        {
            await console.Error.WriteLineAsync(fault is IOException ? $"The lab cannot listen on {url}: {fault.Message}" : fault.Message);
            return 2;
        }
    }

    private static string Greeting(Uri url) => $"""
        The lab listens on {url}  (help: {url}lab, ledger: {url}lab/ledger). Settings for a kinora that uses it:

        KINORA__Providers__lab__Kind=openai-videos
        KINORA__Providers__lab__Dialect=openai
        KINORA__Providers__lab__BaseUrl={url}openai/v1
        KINORA__Providers__lab__ApiKey=lab-key
        KINORA__Providers__lab__MinPollSeconds=1

        """;
}
