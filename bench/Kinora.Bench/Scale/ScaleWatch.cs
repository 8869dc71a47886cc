using System.Diagnostics;
using System.Globalization;

namespace Kinora.Bench.Scale;

/// <summary>One stretch of the simulation: what was looked at in it, and what that cost.</summary>
internal sealed class ScaleWatch
{
    private readonly ScalePlace _place;
    private readonly IReadOnlyList<SimulatedProvider> _providers;
    private readonly int _looks;
    private readonly int _ended;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ScaleReading _before;

    private ScaleWatch(ScalePlace place, IReadOnlyList<SimulatedProvider> providers, ScaleReading before)
    {
        (_place, _providers, _before) = (place, providers, before);
        (_looks, _ended) = (providers.Sum(p => p.Looks), providers.Sum(p => p.Ended));
        foreach (var provider in providers)
        {
            provider.ForgetLags();
        }
    }

    public static async Task<ScaleWatch> BeginAsync(ScalePlace place, IReadOnlyList<SimulatedProvider> providers)
    {
        ProcessFigures.ForgetPeak(Environment.ProcessId);
        return new ScaleWatch(place, providers, await place.ReadAsync());
    }

    public async Task<ScaleStretch> EndAsync()
    {
        var wall = Stopwatch.GetElapsedTime(_began);
        return new ScaleStretch(
            _providers.Sum(p => p.Looks) - _looks, _providers.Sum(p => p.Ended) - _ended, wall, await _place.ReadAsync() - _before, ProcessFigures.PeakMiB(Environment.ProcessId));
    }

    /// <summary>How late looks were in simulated time, in milliseconds. Up to 250 are the simulation's own: its clock goes on in such steps.</summary>
    public static string Lateness(IReadOnlyList<SimulatedProvider> providers)
    {
        var all = Enumerable.Range(0, providers[0].Lags.Count).Select(ms => providers.Sum(p => p.Lags[ms])).ToList();
        var total = all.Sum();
        int At(double share)
        {
            var (seen, ms) = (0L, 0);
            while (ms < all.Count - 1 && (seen += all[ms]) < share * total)
            {
                ms++;
            }

            return ms;
        }

        return string.Create(CultureInfo.InvariantCulture, $"p50 {At(.5)}, p99 {At(.99)}, most {At(1)} ms");
    }
}

/// <param name="Ends">Jobs whose end the provider told.</param>
internal sealed record ScaleStretch(int Looks, int Ends, TimeSpan Wall, ScaleReading Cost, double PeakMiB)
{
    public void Print(string what) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
        {what}: {Looks:N0} looks, {Ends:N0} ends in {Wall.TotalSeconds:0.0} s of the wall clock ({Looks / Wall.TotalSeconds:N0} looks/s), {Cost.Cpu.TotalSeconds:0.0} s CPU here, {Cost.ServerCpu.TotalSeconds:0.0} s in the server; at most {PeakMiB:0} MiB resident
        """));
}
