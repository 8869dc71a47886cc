using System.Diagnostics.Metrics;
using Kinora.Jobs;

namespace Kinora.Telemetry;

/// <summary>
/// What the engine counts, under the name <c>Kinora</c>. Costs next to nothing while nobody listens. No label ever holds an id, an address, a prompt or a name of
/// a user: only configured names of providers and words of this program.
/// </summary>
public static class Measures
{
    public const string Name = "Kinora";

    private static readonly Meter Meter = new(Name);

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [.005, .025, .1, .5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600] };

    /// <summary>By provider, step (<c>submit</c>, <c>reconcile</c>, <c>poll</c>, <c>collect</c>) and the state afterwards (<c>same</c> when it did not move).</summary>
    public static readonly Histogram<double> Steps = Meter.CreateHistogram("kinora.step.duration", "s", "Steps of jobs: how many, how they ended and how long they took", null, Seconds);

    /// <summary>By provider, call (<c>create</c>, <c>ask</c>) and outcome (<c>2xx</c> to <c>5xx</c>, <c>no_answer</c>, <c>not_sent</c>).</summary>
    public static readonly Histogram<double> ProviderCalls = Meter.CreateHistogram("kinora.provider.call.duration", "s", "Requests to providers: how many, what came back and how long it took", null, Seconds);

    public static readonly Counter<long> JobsEnded = Meter.CreateCounter<long>("kinora.jobs.ended", "{job}", "Jobs that came to an end in this process, by provider and state");

    public static readonly Counter<double> Spend = Meter.CreateCounter<double>("kinora.spend", "USD", "US dollars of jobs that came to an end in this process, by provider");

    public static readonly Counter<long> LeasesTaken = Meter.CreateCounter<long>("kinora.leases.taken", "{lease}", "Jobs taken over from a worker that went silent, by provider");

    public static readonly Histogram<double> EventLag = Meter.CreateHistogram("kinora.events.lag", "s", "From the commit of an event until clients of this process are told", null, Seconds);

    /// <summary>Begins the series of a provider at zero: the growth of one that begins at one is seen by no alarm, and the first job of unknown fate must be.</summary>
    public static void Begin(string provider)
    {
        foreach (var end in Enum.GetValues<JobStatus>().Where(s => s.IsFinal()))
        {
            JobsEnded.Add(0, new("provider", provider), new("status", end.Word()));
        }

        Spend.Add(0, new KeyValuePair<string, object?>("provider", provider));
        LeasesTaken.Add(0, new KeyValuePair<string, object?>("provider", provider));
    }

    /// <param name="usd">What it cost, as far as it is known.</param>
    public static void Ended(string provider, string status, decimal usd)
    {
        JobsEnded.Add(1, new("provider", provider), new("status", status));
        if (usd > 0)
        {
            Spend.Add((double)usd, new KeyValuePair<string, object?>("provider", provider));
        }
    }
}
