using BenchmarkDotNet.Attributes;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Bench;

/// <summary>The small things on every path.</summary>
[MemoryDiagnoser]
public class SmallBenches
{
    private static readonly ModelInfo Model = new()
    {
        Id = "bench/any",
        Title = "",
        Source = "",
        Durations = DurationRule.Between(1, 60, 8),
        Sizes = new SizeRule { MinSide = 128, MaxSide = 3840, Step = 2, Default = new(1280, 720) },
    };

    private readonly GenerationRequest _request = new() { Prompt = "A paper boat sails down a rainy street", Model = "bench/any", Size = new(1280, 720), Seconds = 8 };
    private readonly SystemRandomBytes _random = new();

    [Benchmark]
    public int CheckRequest() => RequestRules.Check(_request, Model, new DateOnly(2026, 11, 21)).Count;

    [Benchmark]
    public JobId NewJobId() => JobId.New(_random);

    [Benchmark]
    public bool ParseJobId() => JobId.TryParse("video_0123456789abcdef0123456789abcdef", out _);

    [Benchmark(Baseline = true)]
    public bool ParseGuid() => Guid.TryParseExact("0123456789abcdef0123456789abcdef", "N", out _);
}
