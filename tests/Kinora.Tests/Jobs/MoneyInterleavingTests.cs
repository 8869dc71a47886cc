using Kinora.Budgets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Jobs.Steps;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>
/// Creates, ends, cancels, deletes, stale workers and deaths before and after every commit, in whatever order: each job is paid at most once, the budget holds
/// at every moment, and once everything is settled the sum here is the sum of the provider's own book, to the last micro-dollar.
/// </summary>
public sealed class MoneyInterleavingTests : IAsyncLifetime
{
    private const decimal Budget = 12m;

    private readonly Engine _engine = new(new CancellingFakeProvider());
    private readonly Book _book = new();
    private readonly List<JobId> _all = [];
    private readonly List<(JobWork Work, JobSteps Steps)> _held = [];
    private Random _random = new();
    private FaultyStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _store = new FaultyStore(_engine.Store);
        _engine.Provider.OnSubmit = (submission, _) => Task.FromResult(_book.Submit(submission.JobId, _random));
        _engine.Provider.OnCheck = (job, _, _) => Task.FromResult(_book.Check(job.RemoteId, _random));
        ((CancellingFakeProvider)_engine.Provider).OnCancelOf = job => Task.FromResult(_book.Cancel(job.RemoteId));
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        _held.ForEach(held => held.Work.Dispose());
        await _engine.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AnyOrder_TheSumIsThatOfTheProvidersBook(int seed)
    {
        _random = new Random(seed);
        for (var step = 0; step < 250; step++)
        {
            await ActAsync();
            var spend = await _engine.Store.SpendAsync("ann", null, Cancel);
            (spend.SettledUsd + spend.ReservedUsd).ShouldBeLessThanOrEqualTo(Budget, $"seed {seed}, step {step}");
            _book.Charged.ShouldBeLessThanOrEqualTo(Budget, $"seed {seed}, step {step}: more was paid than was allowed");
        }

        await SettleAsync();

        _book.Creates.ShouldAllBe(c => c.Value == 1, $"seed {seed}: a create was sent twice");
        (await _engine.Store.SpendAsync("ann", null, Cancel)).ShouldBe(new Spend(_book.Charged, 0, _book.Finished), $"seed {seed}");
    }

    public static TheoryData<int> Seeds() => new(Enumerable.Range(1, 20));

    private async Task ActAsync()
    {
        switch (_random.Next(10))
        {
            case 0 or 1:
                await CreateAsync();
                break;
            case 2:
                await _engine.Store.RequestCancelAsync(Any(), "ann", Cancel);
                break;
            case 3:
                await DeleteAsync(Any());
                break;
            case 4:
                await ResolveAsync(Any());
                break;
            case 5:
                _engine.Clock.Advance(_random.Next(12) == 0 ? TimeSpan.FromHours(2) : TimeSpan.FromSeconds(_random.Next(40)));
                break;
            case 6:
                await ClaimAsync();
                break;
            default:
                await StepAsync();
                break;
        }
    }

    private async Task CreateAsync()
    {
        var estimate = _random.Next(1, 400) / 100m;
        var job = TestJobs.New(_engine.Clock.Now) with { EstimateUsd = estimate };
        try
        {
            await _engine.Store.CreateAsync(new NewJob(job, _random.Next(2) == 0 ? job.Id.Hex : null) { Limits = [new SpendLimit(null, Budget)] }, Cancel);
            _all.Add(job.Id);
            _book.Estimate(job.Id, estimate);
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.BudgetExceeded)
        {
        }
    }

    /// <summary>What has expired stays: deleted, it would be counted as it was reserved for ever. One of unknown fate may go: the operator still has it.</summary>
    private async Task DeleteAsync(JobId id)
    {
        if (await _engine.Store.GetAsync(id, null, Cancel) is { Status: not JobStatus.Expired })
        {
            await _engine.Store.DeleteAsync(id, "ann", Cancel);
        }
    }

    private async Task ClaimAsync()
    {
        var steps = _engine.NewSteps(_store);
        _held.AddRange((await _engine.ClaimAsync()).Jobs.Select(job => (_engine.Work(job, _store), steps)));
    }

    /// <summary>One worker goes on where it stood, however old its lease is by now; it may die before or after any of its commits.</summary>
    private async Task StepAsync()
    {
        if (_held.Count == 0)
        {
            await ClaimAsync();
            return;
        }

        var at = _random.Next(_held.Count);
        var (work, steps) = _held[at];
        _held.RemoveAt(at);
        var (died, commits) = (new TaskCompletionSource<bool>(), _random.Next(12));
        _store.AroundApply = async commit =>
        {
            // Who is dead never hears of it.
            var ended = commits-- switch { 0 => died, 1 when await commit() => died, _ => null };
            ended?.TrySetResult(true);
            return ended is null ? await commit() : await new TaskCompletionSource<bool>().Task;
        };
        await await Task.WhenAny(steps.RunAsync(work), died.Task);
        _store.AroundApply = null;
    }

    /// <summary>What the operator does who looks into the book.</summary>
    private async Task ResolveAsync(JobId id)
    {
        if (await _engine.Store.GetDeletedTooAsync(id, null, Cancel) is { } job)
        {
            _ = job.Status switch
            {
                JobStatus.SubmissionUnknown when _book.Has(id) is { } remoteId => await _engine.Store.RescueAsync(new JobRescue(id, remoteId, null, "found"), Cancel),
                JobStatus.SubmissionUnknown => await _engine.Store.MarkLostAsync(id, "lost", Cancel),
                JobStatus.Expired => await _engine.Store.ReopenAsync(id, "ann", "again", Cancel),
                _ => false,
            };
        }
    }

    /// <summary>No more deaths: everything goes to its end, and what is in doubt is looked up.</summary>
    private async Task SettleAsync()
    {
        for (var pass = 0; pass < 400; pass++)
        {
            foreach (var id in _all)
            {
                await ResolveAsync(id);
            }

            await _engine.PassAsync();
            _engine.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        (await _engine.Store.CountOpenAsync(Cancel)).ShouldBe(0);
    }

    private JobId Any() => _all.Count == 0 ? JobId.New(new SystemRandomBytes()) : _all[_random.Next(_all.Count)];

    /// <summary>The provider's own: what reached it, and what it took for it.</summary>
    private sealed class Book
    {
        private readonly Dictionary<JobId, decimal> _estimates = [];
        private readonly Dictionary<string, (decimal Price, bool Ended, bool Made)> _entries = [];

        public Dictionary<JobId, int> Creates { get; } = [];

        public decimal Charged => _entries.Values.Sum(e => e.Ended ? e.Price : 0);

        public int Finished => _entries.Values.Count(e => e.Made);

        public void Estimate(JobId job, decimal estimate) => _estimates[job] = estimate;

        public string? Has(JobId job) => _entries.ContainsKey(Id(job)) ? Id(job) : null;

        public SubmitOutcome Submit(JobId job, Random random)
        {
            if (random.Next(8) == 0)
            {
                return new SubmitOutcome.NotSent("nobody there");
            }

            if (random.Next(10) == 0)
            {
                return new SubmitOutcome.Refused(ErrorCodes.ContentPolicy, "no");
            }

            var lost = random.Next(6) == 0;
            if (lost && random.Next(2) == 0)
            {
                return new SubmitOutcome.Unknown("no answer, and nothing there");
            }

            Creates[job] = Creates.GetValueOrDefault(job) + 1;

            // Never more than was said; often less.
            _entries[Id(job)] = (random.Next(2) == 0 ? _estimates[job] : Math.Round(_estimates[job] * (decimal)random.NextDouble(), 6), false, false);
            return lost ? new SubmitOutcome.Unknown("no answer, but it is there") : new SubmitOutcome.Accepted(Id(job));
        }

        public CheckOutcome Check(string id, Random random)
        {
            var (price, ended, made) = _entries[id];
            if (!ended && random.Next(3) > 0)
            {
                return random.Next(4) == 0 ? new CheckOutcome.Unreachable("asleep") : new CheckOutcome.Running(random.NextDouble(), "working");
            }

            if (!ended)
            {
                made = random.Next(3) > 0;
                _entries[id] = (made || random.Next(2) == 0 ? price : 0, true, made);
            }

            return made
                ? new CheckOutcome.Finished([new RemoteOutput { Url = "https://files.example/video" }], _entries[id].Price)
                : new CheckOutcome.Failed(ErrorCodes.ProviderFailed, "it broke", _entries[id].Price);
        }

        public bool Cancel(string id)
        {
            var (_, ended, _) = _entries[id];
            if (!ended)
            {
                _entries[id] = (0, true, false);
            }

            return !ended;
        }

        private static string Id(JobId job) => "remote-" + job.Hex;
    }
}
