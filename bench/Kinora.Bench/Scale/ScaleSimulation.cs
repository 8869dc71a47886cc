using System.Globalization;
using Kinora.Adapters.Sql;

namespace Kinora.Bench.Scale;

/// <summary>The stretches of the simulation, in the order in which they are run.</summary>
internal sealed class ScaleSimulation(ScalePlace place, SteppingStore stepping, SqlJobStore store, SimulatedClock clock, IReadOnlyList<SimulatedProvider> providers)
{
    /// <summary>New jobs from their create to their file, while all others wait: nothing else is due.</summary>
    public async Task WholeJobsAsync(int count)
    {
        var watch = await ScaleWatch.BeginAsync(place, providers);
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => store.CreateAsync(ScaleFill.New(providers[i % providers.Count], clock.GetUtcNow()), CancellationToken.None)));
        await stepping.RunUntilAsync(clock.GetUtcNow().AddMinutes(30));
        Tell(await watch.EndAsync(), "whole jobs, with a file of 4 KiB", (stretch, cost) => $"  a job, its {(double)stretch.Looks / count:0.0} looks included: {cost.Each(count)}");
    }

    /// <summary>Looks that find nothing new.</summary>
    public async Task LooksAsync(DateTimeOffset from, DateTimeOffset to)
    {
        clock.AdvanceTo(from);
        var watch = await ScaleWatch.BeginAsync(place, providers);
        await stepping.RunUntilAsync(to);
        Tell(await watch.EndAsync(), "looks", (stretch, cost) => $"  a look: {cost.Each(stretch.Looks)}");
        var claims = stepping.Claims();
        if (claims.Count > 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  claims: {claims.Count:N0}, of {claims.Average(c => c.Jobs):0} jobs in {claims.Average(c => c.Millis):0.0} ms on average; {claims.Sum(c => c.Millis) * 1000 / claims.Sum(c => c.Jobs):0.0} us a job"));
        }

        Console.WriteLine("  lateness in simulated time: " + ScaleWatch.Lateness(providers));
    }

    /// <summary>On until nothing is open.</summary>
    public async Task EndsAsync(DateTimeOffset until)
    {
        var watch = await ScaleWatch.BeginAsync(place, providers);
        await stepping.RunUntilAsync(until);
        Tell(await watch.EndAsync(), "to the end", (stretch, cost) => $"  a look, with {(double)stretch.Ends / stretch.Looks:0.00} ends: {cost.Each(stretch.Looks)}");
        Console.WriteLine("  lateness in simulated time: " + ScaleWatch.Lateness(providers));
    }

    private static void Tell(ScaleStretch stretch, string what, FormattableText each)
    {
        stretch.Print(what);
        Console.WriteLine(each(stretch, stretch.Cost));
    }

    private delegate string FormattableText(ScaleStretch stretch, ScaleReading cost);
}
