using System.Diagnostics;
using Kinora.Jobs;

namespace Kinora.Telemetry;

/// <summary>One step of a job, timed and traced where somebody listens.</summary>
internal readonly struct StepTrace
{
    private readonly Activity? _activity;
    private readonly JobStatus _from;
    private readonly long _begun;

    private StepTrace(Job job)
    {
        _from = job.Status;
        _begun = Measures.Steps.Enabled ? Stopwatch.GetTimestamp() : 0;
        _activity = JobTrace.Start("job " + Word(_from), job.Id, job.Provider);
    }

    public static StepTrace Begin(Job job) => new(job);

    public void End(Job job)
    {
        if (_begun != 0)
        {
            Measures.Steps.Record(Stopwatch.GetElapsedTime(_begun).TotalSeconds, new("provider", job.Provider), new("step", Word(_from)), new("outcome", Outcome(job)));
        }

        _activity?.SetTag("kinora.outcome", Outcome(job));
        if (_activity is not null && job.Status is JobStatus.Failed or JobStatus.SubmissionUnknown or JobStatus.Expired)
        {
            _activity?.SetStatus(ActivityStatusCode.Error);
        }

        _activity?.Dispose();
    }

    private string Outcome(Job job) => job.Status == _from ? "same" : job.Status.Word();

    private static string Word(JobStatus from) => from switch
    {
        JobStatus.Queued => "submit",
        JobStatus.Submitting => "reconcile",
        JobStatus.Running => "poll",
        _ => "collect",
    };
}
