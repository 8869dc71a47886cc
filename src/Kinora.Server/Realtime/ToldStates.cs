using Kinora.Jobs;

namespace Kinora.Server.Realtime;

/// <summary>What the sockets of a user were told last of each job. Of jobs at their end only the latest are kept: there is hardly any news of those, and telling all of it once more does no harm.</summary>
internal sealed class ToldStates
{
    /// <summary>As many as there may be events on their way.</summary>
    private const int MostFinal = 10_000;

    private readonly Dictionary<JobId, JobState> _states = [];
    private readonly Queue<JobId> _final = new();

    public JobState? Get(JobId id) => _states.GetValueOrDefault(id);

    public void Set(JobId id, JobState state)
    {
        _states[id] = state;
        if (state.IsFinal)
        {
            _final.Enqueue(id);
            if (_final.Count > MostFinal && _final.Dequeue() is var oldest && _states.GetValueOrDefault(oldest)?.IsFinal == true)
            {
                _states.Remove(oldest);
            }
        }
    }

    public void Forget(JobId id) => _states.Remove(id);
}
