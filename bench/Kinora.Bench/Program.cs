using System.Globalization;
using BenchmarkDotNet.Running;
using Kinora.Bench;
using Kinora.Bench.Gateway;
using Kinora.Bench.Images;
using Kinora.Bench.Mcp;
using Kinora.Bench.Page;
using Kinora.Bench.Rest;
using Kinora.Bench.Scale;
using Kinora.Bench.Sockets;
using Kinora.Bench.Storage;

// Plain runners for the whole, BenchmarkDotNet for the small. Every figure stands beside a baseline of the same run.
return args switch
{
    ["engine"] => await EngineBench.RunAsync(),
    ["engine", "postgres"] => await PostgresEngineBench.RunAsync(),
    ["scale", .. var given] => await ScaleBench.RunAsync(
        given.Length > 0 ? int.Parse(given[0], CultureInfo.InvariantCulture) : 1_000_000, given.Length > 1 && given[1] == "postgres"),
    ["providers"] => await ProvidersBench.RunAsync(),
    ["render"] => await RenderBench.RunAsync(60),
    ["render", var seconds] => await RenderBench.RunAsync(int.Parse(seconds, CultureInfo.InvariantCulture)),
    ["start"] => await ProgramBench.StartAsync(),
    ["memory"] => await ProgramBench.MemoryAsync(),
    ["mcp", .. var part] => await McpBench.RunAsync(part.FirstOrDefault()),
    ["images", "memory", var jobs] => await ImageBench.RunAsync("memory", int.Parse(jobs, CultureInfo.InvariantCulture)),
    ["images", .. var part] => await ImageBench.RunAsync(part.FirstOrDefault()),
    ["sockets", .. var count] => await SocketsBench.RunAsync(count.FirstOrDefault()),
    ["sockets-server"] => await SocketServer.RunAsync(),
    ["rest", .. var part] => await RestBench.RunAsync(part.FirstOrDefault()),
    ["gateway", .. var part] => await GatewayBench.RunAsync(part.FirstOrDefault()),
    ["page", .. var part] => await PageBench.RunAsync(part.FirstOrDefault()),
    ["download"] => await ProgramBench.DownloadAsync(),
    ["bucket"] => await BucketBench.RunAsync(),
    ["small"] => BenchmarkRunner.Run<SmallBenches>() is null ? 1 : 0,
    ["bare-http", var file] => await BareHttp.RunAsync(file),
    ["stub-server"] => await StubServer.RunAsync(),
    ["nothing"] => 0,
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        usage: bench/run NAME
          engine      10,000 jobs in flight, polled at 1,000/s over HTTP, against the bare HTTP calls
          engine postgres  the same on a PostgreSQL server of its own, beside SQLite: CPU of the process and of the server
          scale [JOBS [sqlite|postgres]]  1,000,000 jobs in flight, or JOBS, on a simulated clock: cost of a look and of a job, beside bare UPDATE statements
          providers   2,000 jobs in flight over all vendors at their own pace, against the bare HTTP calls
          render [S]  frames/s of the built-in renderer, against ffmpeg fed with ready frames; a film of 60 s, or of S
          start       cold starts of the program
          memory      peak memory of a 60 s render
          download    memory that a 2 GiB result adds
          mcp [PART]  start, calls, download, rate, or all of them: against a bare server and a stand-in for the peers on Node.js
          images [PART]  fit (against vipsthumbnail), session (50 turns), memory [JOBS] (1,000), or all of them
          sockets [N] 5,000 live connections, or N: delivery of an update to all, memory of each; against npm's Socket.IO server
          rest [PART]  status (against a bare endpoint), list (a million rows), login (a flood of them), or all of them
          gateway [PART]  rate (looks at 500 a second), content (4 GiB), both against bare Kestrel
          page [PART] load, scroll, end (100,000 videos in Chromium), or all of them: against a bare page of the same browser
          bucket      256 MiB into an S3 bucket and out of it, against a bare HttpClient
          small       request rules and ids (BenchmarkDotNet)
        """);
    return 2;
}
