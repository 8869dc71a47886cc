using System.Diagnostics;
using System.Globalization;
using Kinora.Adapters.Sql;
using Kinora.Budgets;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Bench.Scale;

/// <summary>How long single calls of the store take on a table of a given size. Leaves the jobs as they were, those it claims are given back with their due time.</summary>
internal static class ScaleQueries
{
    private const int Times = 9;

    /// <param name="each">Jobs of each provider in the small table.</param>
    /// <param name="early">Before the first job is due.</param>
    public static async Task<IReadOnlyList<(string What, double Median)>> TimeAsync(
        ScalePlace place, SqlJobStore store, IReadOnlyList<SimulatedProvider> providers, int each, DateTimeOffset early, DateTimeOffset firstLook)
    {
        var none = CancellationToken.None;
        var figures = new SqlQueueFigures(place.Database);
        var slots = providers.ToDictionary(p => p.Name, _ => 100);
        var some = (await store.ListAsync(new JobQuery(ScaleFill.Owner, 1, OldestFirst: true), none)).Jobs[0];
        var day = SpendLimit.DayOf(early);
        var batch = Math.Min(100, each / Times);
        var limited = new SpendLimit(1_000_000_000, null);
        return
        [
            ($"claim of {batch} jobs", await ClaimsAsync(store, providers[0], batch, firstLook)),
            ("claim, nothing due", await MedianAsync(() => store.ClaimAsync(new ClaimRequest("bench", slots, early, early.AddSeconds(30)), none))),
            ("one job", await MedianAsync(() => store.GetAsync(some.Id, null, none))),
            ("list, first 50", await MedianAsync(() => store.ListAsync(new JobQuery(ScaleFill.Owner, 50), none))),
            ("list of unknown fates (operator)", await MedianAsync(() => store.ListAsync(new JobQuery(null, 50) { Status = JobStatus.SubmissionUnknown }, none))),
            ("owner's counts by state", await MedianAsync(() => store.CountByStatusAsync(ScaleFill.Owner, MediaKind.Video, none))),
            ("/ready: any event", await MedianAsync(() => store.LastEventAsync(none))),
            ("open jobs counted", await MedianAsync(() => store.CountOpenAsync(none))),
            ("/metrics: queue figures", await MedianAsync(() => figures.ReadAsync(none))),
            ("spend of an owner today", await MedianAsync(() => store.SpendAsync(ScaleFill.Owner, day, none))),
            ("spend of all since the month began", await MedianAsync(() => store.SpendByOwnerAsync(SpendLimit.MonthOf(early), none))),
            ("create and cancel, under a daily limit", await MedianAsync(() => EndedAsync(store, providers[0], early, [limited]))),
            ("create and cancel, without one", await MedianAsync(() => EndedAsync(store, providers[0], early, []))),
            ("start: sweep's query", await MedianAsync(() => store.UnpurgedAsync(1_000, none))),
            ("callback's question: ours?", await MedianAsync(() => store.OwnsRemoteAsync(providers[0].Name, SimulatedProvider.RemoteId(7), none))),
        ];
    }

    public static void Print(IReadOnlyList<(string What, double Median)> few, int small, IReadOnlyList<(string What, double Median)> many, int large)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"single calls, median of " + Times,-44} {small,9:N0} {large,12:N0} jobs"));
        foreach (var (one, other) in few.Zip(many))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {one.What,-42} {one.Median,9:0.000} {other.Median,12:0.000} ms"));
        }
    }

    /// <summary>A create and its cancellation before it was sent, so that nothing is left to do.</summary>
    private static async Task EndedAsync(SqlJobStore store, SimulatedProvider provider, DateTimeOffset now, SpendLimit[] limits)
    {
        var made = await store.CreateAsync(ScaleFill.New(provider, now) with { Limits = limits }, CancellationToken.None);
        await store.RequestCancelAsync(made.Job.Id, ScaleFill.Owner, CancellationToken.None);
    }

    /// <summary>Claimed once and given back, so that no job looks as if its worker had died.</summary>
    private static async Task<double> ClaimsAsync(SqlJobStore store, SimulatedProvider provider, int batch, DateTimeOffset firstLook)
    {
        var times = new List<double>();
        var now = firstLook + provider.Traits.MinPoll;
        var held = new List<Job>();
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var claimed = await store.ClaimAsync(
                new ClaimRequest("bench", new Dictionary<string, int> { [provider.Name] = batch }, now, now.AddHours(1)), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            held.AddRange(claimed.Jobs);
        }

        await Task.WhenAll(held.Select(job => store.ApplyAsync(
            new JobUpdate
            {
                Lease = new JobLease(job.Id, job.Fence),
                From = JobStatus.Running,
                To = JobStatus.Running,
                Now = firstLook,
                Due = provider.FirstDue(job.RemoteId!),
                Faults = 0,
            },
            CancellationToken.None)));
        return Median(times);
    }

    private static async Task<double> MedianAsync(Func<Task> call)
    {
        var times = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await call();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Median(times);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
