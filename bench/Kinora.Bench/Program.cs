using Kinora.Bench;

// Plain runners for the whole, BenchmarkDotNet for the small. Every figure stands beside a baseline of the same run.
return args switch
{
    ["engine", .. var rest] => await EngineBench.RunAsync(rest),
    ["stub-server"] => await StubServer.RunAsync(),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        usage: bench/run NAME
          engine      10,000 jobs in flight, polled at 1,000/s over HTTP, against the bare HTTP calls
        """);
    return 2;
}
