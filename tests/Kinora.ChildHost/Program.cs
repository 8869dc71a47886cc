using System.Security.Cryptography;
using Kinora.Adapters.Media;
using Kinora.Adapters.Media.Images;
using Kinora.Adapters.Secrets;
using Kinora.Adapters.Storage;
using Kinora.Assets;
using Kinora.Jobs;

// A program for tests that need a process of their own: to stand in for the server's hidden commands, or to be killed.
return args switch
{
    [ImageWorkerCommand.Name, .. var rest] => ImageWorker.Run(rest),
    ["hold", var folder] => await HoldAsync(folder),
    ["adopt", var data, var job, var file] => await AdoptAsync(data, job, file),
    ["hostile-names", var root] => await HostileNames.RunAsync(root),
    ["jobs", var file, var count] => await JobsScenario.RunAsync(file, count),
    ["keys", var folder] => MakeKeys(folder),
    _ => 64,
};

// For each name on a line of its input: the key of that file, made if need be, on a line of its output.
static int MakeKeys(string folder)
{
    var files = new KeyFiles();
    while (Console.In.ReadLine() is { } name)
    {
        Console.Out.WriteLine(Convert.ToHexString(files.ReadOrMake(Path.Combine(folder, name), () => RandomNumberGenerator.GetBytes(32))));
    }

    return 0;
}

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

// Stores one file, to be killed on the way (KINORA_CRASH_AT).
static async Task<int> AdoptAsync(string data, string hex, string file)
{
    var (bytes, hash) = await FileHash.OfAsync(file, CancellationToken.None);
    var store = new DiskAssetStore(data, new StorageOptions());
    await store.AdoptAsync(
        file,
        new Asset
        {
            JobId = JobId.TryParse(hex, out var job) ? job : default,
            Role = AssetRole.Video,
            FileName = "video.mp4",
            MimeType = "video/mp4",
            Bytes = bytes,
            Sha256 = hash,
        },
        CancellationToken.None);
    return 0;
}
