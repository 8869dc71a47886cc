using Kinora.Adapters.Media;
using Kinora.Adapters.Media.Images;

// A program for tests that need a process of their own: to stand in for the server's hidden commands, or to be killed.
return args switch
{
    [ImageWorkerCommand.Name, .. var rest] => ImageWorker.Run(rest),
    ["hold", var folder] => await HoldAsync(folder),
    _ => 64,
};

// Starts a child that outlasts any test and writes its id to a file, then waits to be killed.
static async Task<int> HoldAsync(string folder)
{
    var result = await MediaChild.RunAsync(
        new MediaChildSpec
        {
            Program = ProgramPath.Find("sh")!,
            Arguments = ["-c", "echo $$ > pid.part && mv pid.part pid && exec sleep 600"],
            WorkFolder = folder,
            Limits = new MediaChildLimits { Wall = Timeout.InfiniteTimeSpan },
        },
        CancellationToken.None);
    return result.ExitCode;
}
