using System.Collections.Concurrent;
using Kinora.Jobs;

namespace Kinora.Adapters.Sql;

/// <summary>
/// Jobs as they were read, for as long as nobody has committed anything to the database since, in whatever process: so that any number of clients may poll
/// between two changes for the price of one look each.
/// </summary>
internal sealed class JobCache
{
    private const int Most = 1_000;

    /// <summary>Characters of a request beyond which a job is not worth its memory here.</summary>
    private const int LongestRequest = 16_000;

    private readonly ConcurrentDictionary<JobId, (long Version, Job Job)> _jobs = new();

    public Job? Find(JobId id, long version) => _jobs.TryGetValue(id, out var known) && known.Version == version ? known.Job : null;

    /// <param name="version">From before the job was read: what is committed meanwhile makes it old at once.</param>
    public void Keep(Job job, long version)
    {
        if (job.RequestJson.Length > LongestRequest)
        {
            return;
        }

        if (_jobs.Count >= Most)
        {
            _jobs.Clear();
        }

        _jobs[job.Id] = (version, job);
    }
}
