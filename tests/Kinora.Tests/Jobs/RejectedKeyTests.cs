using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>A provider that does not accept our key: the job is kept, and goes on once the right key is set.</summary>
public sealed class RejectedKeyTests : IAsyncLifetime
{
    private readonly Engine _engine = new();
    private readonly List<DateTimeOffset> _sentAt = [];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Submit_KeyRefused_WaitsAndGoesOnOnceItIsRight()
    {
        _engine.Provider.OnSubmit = (_, _) =>
        {
            _sentAt.Add(_engine.Clock.Now);
            return Task.FromResult<SubmitOutcome>(_sentAt.Count <= 20 ? new SubmitOutcome.NotAllowed("fal does not accept the key.") : new SubmitOutcome.Accepted("remote"));
        };

        (await _engine.RunAsync(await _engine.AddAsync())).Status.ShouldBe(JobStatus.Completed);

        _sentAt.Count.ShouldBe(21);
        _sentAt.Zip(_sentAt.Skip(1), (a, b) => b - a).ShouldAllBe(pause => pause > TimeSpan.FromSeconds(5) && pause <= RetryRules.LongestBackoff);
        var events = await _engine.Store.EventsAfterAsync(0, 1000, CancellationToken.None);
        events.Count(e => e.Data.Reason?.StartsWith("auth_required: fal does not accept the key.", StringComparison.Ordinal) == true).ShouldBe(20);
    }

    [Fact]
    public async Task Submit_KeyNeverPutRight_FailsAfterFourDays()
    {
        _engine.Provider.OnSubmit = (_, _) =>
        {
            _engine.Clock.Advance(TimeSpan.FromHours(12));
            return Task.FromResult<SubmitOutcome>(new SubmitOutcome.NotAllowed("fal does not accept the key."));
        };

        var job = await _engine.RunAsync(await _engine.AddAsync());

        (job.Status, job.ErrorCode).ShouldBe((JobStatus.Failed, ErrorCodes.AuthRequired));
        job.ErrorText!.ShouldContain("nothing was charged");
        (job.EndedAt!.Value - job.CreatedAt).ShouldBeInRange(RetryRules.KeyPatience, RetryRules.KeyPatience + TimeSpan.FromHours(13));
    }

    [Fact]
    public async Task Submit_KeyRefused_CanBeCancelled()
    {
        var id = await _engine.AddAsync();
        _engine.Provider.OnSubmit = async (_, _) =>
        {
            await _engine.Store.RequestCancelAsync(id, (await _engine.GetAsync(id)).Owner, CancellationToken.None);
            return new SubmitOutcome.NotAllowed("fal does not accept the key.");
        };

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Cancelled);
    }
}
