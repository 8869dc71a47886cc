using System.Diagnostics;
using System.Globalization;
using Kinora.Adapters.Sql;
using Kinora.Adapters.Storage;
using Kinora.Health;
using Kinora.Jobs;
using Kinora.Jobs.Steps;
using Kinora.Nodes;
using Kinora.Providers;

namespace Kinora.Bench.Scale;

/// <summary>
/// A million jobs in flight in a real database, and the real engine on a simulated clock: what a look and a job cost there, how long single calls take beside
/// a small table, and whether every job ends exactly once. Beside it as many bare UPDATE statements through the same writer.
/// </summary>
internal static class ScaleBench
{
    private const int SmallTable = 10_000;

    /// <summary>The pause that vendors ask for between looks, in seconds: those of fal, Replicate, xAI, Runway, Gemini, OpenRouter, MiniMax, Ark, OpenAI and Juxin.</summary>
    private static readonly double[] _intervals = [3, 3, 5, 5, 10, 10, 10, 10, 5, 30];

    public static async Task<int> RunAsync(int jobs, bool postgres)
    {
        await using var place = await ScalePlace.MakeAsync(postgres);
        var start = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var (clock, firstLook, each) = (new SimulatedClock(start), start.AddHours(1), Math.Max(jobs / _intervals.Length, 100));
        var whole = Math.Min(2_000, each * _intervals.Length / 10);
        var providers = _intervals.Select((seconds, i) => new SimulatedProvider(FormattableString.Invariant($"sim{i}"), TimeSpan.FromSeconds(seconds), clock, each + whole)).ToList();
        var bulk = each * providers.Count;
        var store = new SqlJobStore(place.Database, clock);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bulk:N0} jobs at {providers.Count} providers, {_intervals.Sum(s => bulk / _intervals.Length / s):N0} looks due in a simulated second; {(postgres ? "PostgreSQL" : "SQLite")}"));

        await FillAndTimeAsync(place, store, providers, each, start, firstLook);

        var active = () => 0;
        var stepping = SteppingStore.Over(store, clock, () => active());
        var log = new FaultLog();
        var options = new JobOptions();
        var steps = new JobSteps(
            stepping, new DiskAssetStore(place.Folder, new StorageOptions()), new StandInMedia(), null!, null!, options, new RetryRules(new NoJitter()), log.Of<JobSteps>());
        var set = new ProviderSet(providers);
        var breakers = new CircuitBreakers(new SqlHealthStore(place.Database), new BreakerRules(options, new NoJitter()), set, clock, log.Of<CircuitBreakers>());
        using var runner = new JobRunner(stepping, set, steps, breakers, new OneNode(), options, clock, log.Of<JobRunner>());
        active = () => runner.Active;
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(stop.Token);
        var simulation = new ScaleSimulation(place, (SteppingStore)(object)stepping, store, clock, providers);
        await simulation.WholeJobsAsync(whole);
        await simulation.LooksAsync(firstLook, firstLook.AddSeconds(3));
        await BareUpdates.RunAsync(place, bulk);
        await simulation.EndsAsync(firstLook.AddMinutes(10));
        await stop.CancelAsync();
        await running;
        var right = await ScaleCheck.RunAsync(place, providers, bulk, whole, log);
        var (seconds, bytes) = await ScaleMedia.RunAsync(place.Folder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a real result, 8 s of 1280x720 in {bytes:N0} bytes: {seconds:0.00} s CPU in ffmpeg (probe, still, sheet)"));
        return right ? 0 : 1;
    }

    /// <summary>A small table first, then all: what single calls take on each.</summary>
    private static async Task FillAndTimeAsync(ScalePlace place, SqlJobStore store, List<SimulatedProvider> providers, int each, DateTimeOffset start, DateTimeOffset firstLook)
    {
        var few = Math.Min(each, SmallTable / providers.Count);
        var firsts = new List<JobId>();
        foreach (var (number, provider) in providers.Index())
        {
            for (var i = 0; i < each; i++)
            {
                // Looks without an end for three seconds; then all end within ten.
                provider.Hold(ScaleFill.FirstLook(i, each, firstLook, provider.Traits.MinPoll), firstLook.AddMilliseconds(3_500 + (i * 104_729L % 6_500)));
            }

            var first = await ScaleFill.FirstAsync(store, provider, start, firstLook);
            firsts.Add(first);
            await ScaleFill.CopyAsync(place, first, number, 1, few, each, firstLook, provider.Traits.MinPoll);
        }

        await LearnAsync(place);
        var small = await ScaleQueries.TimeAsync(place, store, providers, few, start, firstLook);
        var (before, began) = (await place.ReadAsync(), Stopwatch.GetTimestamp());
        foreach (var (number, provider) in providers.Index())
        {
            await ScaleFill.CopyAsync(place, firsts[number], number, few, each, each, firstLook, provider.Traits.MinPoll);
        }

        var (took, cost) = (Stopwatch.GetElapsedTime(began), await place.ReadAsync() - before);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled by SQL in {took.TotalSeconds:0} s; a job: {cost.Each((each - few) * providers.Count)}"));
        await LearnAsync(place);
        ScaleQueries.Print(small, few * providers.Count, await ScaleQueries.TimeAsync(place, store, providers, few, start, firstLook), each * providers.Count);
    }

    /// <summary>What PostgreSQL does by itself after a while; with SQLite Kinora does without.</summary>
    private static Task LearnAsync(ScalePlace place) =>
        place.IsPostgres ? place.Database.WriteAsync(session => session.Execute("ANALYZE"), durable: false, CancellationToken.None) : Task.CompletedTask;

    private sealed class NoJitter : Random
    {
        public override double NextDouble() => 0;
    }
}
