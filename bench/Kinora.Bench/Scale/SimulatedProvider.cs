using System.Collections.Concurrent;
using System.Globalization;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Bench.Scale;

/// <summary>
/// A provider whose jobs live on the simulated clock: each takes a drawn time, and ends as the provider's failure or, one in a hundred and every one that was
/// made during the run, with a small file. Asks to be looked at in one interval whatever the job's age. Keeps its own books of what it was asked.
/// </summary>
/// <param name="room">How many jobs it can ever hold.</param>
internal sealed class SimulatedProvider(string name, TimeSpan minPoll, SimulatedClock clock, int room) : IMediaProvider
{
    private const int FilesOneIn = 100;

    /// <summary>Ten seconds, in milliseconds: what is later is counted as that.</summary>
    private const int LatestLag = 10_000;

    private static readonly byte[] _file = [.. Enumerable.Range(0, 4_096).Select(i => (byte)i)];

    private readonly long[] _endsAt = new long[room];
    private readonly long[] _dueAt = new long[room];
    private readonly int[] _ends = new int[room];
    private readonly ConcurrentDictionary<JobId, int> _made = new();
    private readonly int[] _lags = new int[LatestLag + 1];
    private int _count;
    private int _bulk;
    private int _looks;
    private int _late;

    public string Name => name;

    public ProviderTraits Traits { get; } = new() { MaxConcurrent = 256, MinPoll = minPoll, Deadline = TimeSpan.FromHours(6) };

    public int Looks => _looks;

    public int Made => _made.Count;

    public int MadeTwice => _made.Values.Count(times => times > 1);

    /// <summary>Jobs that it holds, ended or not.</summary>
    public int Count => _count;

    /// <summary>Jobs whose end was told.</summary>
    public int Ended => Enumerable.Range(0, _count).Count(i => _ends[i] > 0);

    /// <summary>Looks at jobs of which an end had been told already.</summary>
    public int LooksAfterEnd => _late;

    public IReadOnlyList<int> Lags => _lags;

    public static string RemoteId(int number) => FormattableString.Invariant($"sim-{number}");

    /// <summary>A job that the provider has already.</summary>
    public void Hold(DateTimeOffset firstLook, DateTimeOffset endsAt)
    {
        (_endsAt[_count], _dueAt[_count]) = (endsAt.ToUnixTimeMilliseconds(), firstLook.ToUnixTimeMilliseconds());
        _bulk = ++_count;
    }

    public DateTimeOffset FirstDue(string remoteId) => DateTimeOffset.FromUnixTimeMilliseconds(_dueAt[Number(remoteId)]);

    public void ForgetLags() => Array.Clear(_lags);

    public ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancel) => ValueTask.FromResult<IReadOnlyList<ModelInfo>>([]);

    public ValueTask<ModelInfo?> DescribeAsync(string modelName, CancellationToken cancel) => ValueTask.FromResult<ModelInfo?>(null);

    public Task<SubmitOutcome> SubmitAsync(Submission submission, CancellationToken deadline)
    {
        _made.AddOrUpdate(submission.JobId, 1, (_, times) => times + 1);
        var number = Interlocked.Increment(ref _count) - 1;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        _endsAt[number] = now + 20_000 + (number % 40 * 1_000);
        _dueAt[number] = now + (long)minPoll.TotalMilliseconds;
        return Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted(RemoteId(number), NextLook: minPoll));
    }

    public Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
    {
        var number = Number(job.RemoteId);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Interlocked.Increment(ref _looks);
        Interlocked.Increment(ref _lags[Math.Clamp(now - _dueAt[number], 0, LatestLag)]);
        _dueAt[number] = now + (long)minPoll.TotalMilliseconds;
        if (now < _endsAt[number])
        {
            return Task.FromResult<CheckOutcome>(new CheckOutcome.Running(null, "in_progress", minPoll));
        }

        if (Interlocked.Increment(ref _ends[number]) > 1)
        {
            Interlocked.Increment(ref _late);
        }

        return Task.FromResult<CheckOutcome>(number >= _bulk || number % FilesOneIn == 0
            ? new CheckOutcome.Finished([new RemoteOutput { Kind = MediaKind.Video, Url = "sim:" + job.RemoteId }])
            : new CheckOutcome.Failed(ErrorCodes.ProviderFailed, "The simulated provider made nothing."));
    }

    public Task<OpenOutcome> OpenAsync(RemoteJob job, RemoteOutput output, long offset, CancellationToken cancel) =>
        Task.FromResult<OpenOutcome>(new OpenOutcome.Opened(new MemoryStream(_file), 0, _file.Length));

    private static int Number(string remoteId) => int.Parse(remoteId.AsSpan(4), CultureInfo.InvariantCulture);
}
