using System.Diagnostics;
using Kinora.Jobs;

namespace Kinora.Telemetry;

/// <summary>
/// A job's trace, from the door to its file, over restarts and nodes. Its trace id is the job's own id: 128 random bits both, so that nothing need be stored to
/// find it again, and whoever has the job has the trace. Trace ids never go to providers.
/// </summary>
public static class JobTrace
{
    public static readonly ActivitySource Source = new(Measures.Name);

    /// <summary>One span of the job; null while nobody listens.</summary>
    public static Activity? Start(string name, JobId job, string provider, params ReadOnlySpan<ActivityLink> links)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var id = job.Hex;
        var context = new ActivityContext(ActivityTraceId.CreateFromString(id), ActivitySpanId.CreateFromString(id.AsSpan(16)), ActivityTraceFlags.Recorded);
        var activity = Source.StartActivity(name, ActivityKind.Internal, context, links: links.ToArray());
        activity?.SetTag("kinora.job", id);
        activity?.SetTag("kinora.provider", provider);
        return activity;
    }

    /// <summary>The job was stored: its trace begins, tied to that of the request that brought it.</summary>
    public static void Created(Job job)
    {
        if (Source.HasListeners())
        {
            var request = Activity.Current;
            request?.SetTag("kinora.job", job.Id.Hex);
            using var created = request is null ? Start("job create", job.Id, job.Provider) : Start("job create", job.Id, job.Provider, new ActivityLink(request.Context));
        }
    }
}
