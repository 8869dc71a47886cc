using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Kinora.Jobs;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

/// <summary>
/// Calls whose picture no answer has told of yet, because the time was up or the client hung up. Clients of the original then make the same call again: it is
/// given that picture, also when it was finished in between, instead of a second one to pay for. Kept in memory; after a restart only a picture that is still
/// being made is found (by the rule for all repeats).
/// </summary>
internal sealed class OpenCalls
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (JobId Job, DateTimeOffset At)> _jobs = new(StringComparer.Ordinal);

    /// <summary>What makes two calls the same: who calls, which tool, with which arguments.</summary>
    /// <param name="take">1 for the first picture of the call.</param>
    public static string Mark(ToolCall call, string tool, int take) => Convert.ToHexString(SHA256.HashData(
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"{call.Client.Caller.UserId}\n{tool}\n{take}\n{call.Arguments.Written()}"))));

    public async Task<Job?> FindAsync(ToolCall call, string mark, CancellationToken cancel) =>
        _jobs.TryGetValue(mark, out var begun) ? await call.Studio.Jobs.GetAsync(begun.Job, call.Client.Caller.UserId, cancel) : null;

    public void Began(string mark, Job job, DateTimeOffset now)
    {
        foreach (var (old, begun) in _jobs)
        {
            if (now - begun.At > KeptFor)
            {
                _jobs.TryRemove(old, out _);
            }
        }

        _jobs[mark] = (job.Id, now);
    }

    /// <summary>The answer tells how it ended; the same call is a new one from now on.</summary>
    public void Answered(string mark, Job job)
    {
        if (job.Status.IsFinal())
        {
            _jobs.TryRemove(mark, out _);
        }
    }
}
