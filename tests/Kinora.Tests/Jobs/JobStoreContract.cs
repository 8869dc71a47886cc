using Kinora.Assets;
using Kinora.Errors;
using Kinora.Events;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>What every <see cref="IJobStore"/> promises, whichever database is below it.</summary>
public abstract partial class JobStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly TestClock _clock = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TimeProvider Clock => _clock;

    protected IJobStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>One more store, with connections of its own, on the same database.</summary>
    protected abstract Task<IJobStore> OpenAsync();

    /// <summary>Changes a row behind the store's back, in SQL that every database understands.</summary>
    protected abstract Task ExecuteAsync(string sql);

    // Create and get.

    [Fact]
    public async Task Create_Job_CanBeRead()
    {
        var made = NewJob(prompt: "a fox");
        made = made with { EstimateUsd = 1.234567m, Warnings = ["mapped", "a \"quoted\" one"], SourceId = NewJob().Id, Reason = "because" };

        var created = await Store.CreateAsync(new NewJob(made, null), Cancel);

        created.AlreadyThere.ShouldBeFalse();
        created.Job.Sequence.ShouldBeGreaterThan(0);
        var read = (await Store.GetAsync(made.Id, "ann", Cancel))!;
        read.Status.ShouldBe(JobStatus.Queued);
        read.Sequence.ShouldBe(created.Job.Sequence);
        read.Owner.ShouldBe("ann");
        read.Provider.ShouldBe("fake");
        read.Model.ShouldBe("fake/model");
        read.Request.Prompt.ShouldBe("a fox");
        read.BodyHash.ShouldBe("body");
        read.EstimateUsd.ShouldBe(1.234567m);
        read.Warnings.ShouldBe(made.Warnings);
        read.SourceId.ShouldBe(made.SourceId);
        read.Reason.ShouldBe("because");
        read.CreatedAt.ShouldBe(_clock.Now);
        read.UpdatedAt.ShouldBe(_clock.Now);
        read.Outputs.ShouldBeEmpty();
        read.Assets.ShouldBeEmpty();
        read.ShouldSatisfyAllConditions(
            j => j.RemoteId.ShouldBeNull(), j => j.RemoteData.ShouldBeNull(), j => j.ErrorCode.ShouldBeNull(), j => j.ErrorText.ShouldBeNull(),
            j => j.ChargedUsd.ShouldBeNull(), j => j.SubmittedAt.ShouldBeNull(), j => j.EndedAt.ShouldBeNull(), j => j.MissingSince.ShouldBeNull());
    }

    [Fact]
    public async Task Create_SameIdTwice_IsRefusedAndTheFirstStays()
    {
        var made = await AddAsync(prompt: "first");

        await Should.ThrowAsync<Exception>(() => Store.CreateAsync(new NewJob(made with { Owner = "eve" }, null), Cancel));

        (await GetAsync(made.Id)).Owner.ShouldBe("ann");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("'; DROP TABLE jobs; --")]
    [InlineData("日本語 🦊 ﷽ e\u0301")]
    [InlineData("line\nbreak\ttab \"quotes\" \\ back")]
    public async Task Create_AnyText_RoundTrips(string prompt)
    {
        var made = await AddAsync(prompt: prompt);

        (await GetAsync(made.Id)).Request.Prompt.ShouldBe(prompt);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.000001")]
    [InlineData("0.1")]
    [InlineData("123456.789012")]
    public async Task Money_RoundTrips(string dollars)
    {
        var amount = decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture);
        var made = await AddAsync(NewJob() with { EstimateUsd = amount });
        await ClaimOneAsync(made.Id);

        (await ApplyAsync(made.Id, JobStatus.Queued, JobStatus.Failed, u => u with { ChargedUsd = amount })).ShouldBeTrue();

        var read = await GetAsync(made.Id);
        read.EstimateUsd.ShouldBe(amount);
        read.ChargedUsd.ShouldBe(amount);
    }

    [Fact]
    public async Task Get_UnknownId_IsNull() => (await Store.GetAsync(NewJob().Id, null, Cancel)).ShouldBeNull();

    [Fact]
    public async Task Create_Cancelled_StoresNothing()
    {
        var made = NewJob();

        await Should.ThrowAsync<OperationCanceledException>(() => Store.CreateAsync(new NewJob(made, null), new CancellationToken(canceled: true)));

        (await Store.GetAsync(made.Id, null, Cancel)).ShouldBeNull();
    }

    // Idempotency keys.

    [Fact]
    public async Task Create_SameKeySameBody_ReturnsTheFirstJob()
    {
        var first = await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        var second = await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        second.AlreadyThere.ShouldBeTrue();
        second.Job.Id.ShouldBe(first.Job.Id);
        (await ListIdsAsync(new JobQuery("ann", 10))).ShouldBe([first.Job.Id]);
        (await Store.EventsAfterAsync(0, 10, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Create_SameKeyOtherBody_IsRefused()
    {
        await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);
        var other = NewJob() with { BodyHash = "other" };

        var refused = await Should.ThrowAsync<KinoraException>(() => Store.CreateAsync(new NewJob(other, "key"), Cancel));

        refused.Code.ShouldBe(ErrorCodes.IdempotencyKeyReused);
        (await Store.GetAsync(other.Id, null, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Create_SameKeyOtherOwner_IsAJobOfItsOwn()
    {
        await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        var bobs = await Store.CreateAsync(new NewJob(NewJob(owner: "bob"), "key"), Cancel);

        bobs.AlreadyThere.ShouldBeFalse();
        bobs.Job.Owner.ShouldBe("bob");
    }

    [Theory]
    [InlineData("KEY", "key")]
    [InlineData("key ", "key")]
    [InlineData("\u00e9", "e\u0301")]
    public async Task Create_NearlyTheSameKey_IsAnotherKey(string one, string other)
    {
        await Store.CreateAsync(new NewJob(NewJob(), one), Cancel);

        (await Store.CreateAsync(new NewJob(NewJob(), other), Cancel)).AlreadyThere.ShouldBeFalse();
    }

    [Fact]
    public async Task Create_KeyOfADeletedJob_StillReturnsIt()
    {
        var first = (await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel)).Job;
        await Store.RequestCancelAsync(first.Id, "ann", Cancel);
        await Store.DeleteAsync(first.Id, "ann", Cancel);

        var again = await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        again.AlreadyThere.ShouldBeTrue();
        again.Job.Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task Create_FiftyAtOnceWithOneKeyOverTwoStores_MakeOneJob()
    {
        IJobStore[] stores = [Store, await OpenAsync()];

        var created = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            i => Task.Run(() => stores[i % 2].CreateAsync(new NewJob(NewJob(), "key"), Cancel), Cancel)));

        created.Select(c => c.Job.Id).Distinct().Count().ShouldBe(1);
        created.Count(c => !c.AlreadyThere).ShouldBe(1);
        (await ListIdsAsync(new JobQuery("ann", 100))).Count.ShouldBe(1);
    }

    // Lists.

    [Fact]
    public async Task List_Pages_HoldEveryJobOnceInBothDirections()
    {
        var ids = new List<JobId>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await AddAsync()).Id);
        }

        (await PageThroughAsync(new JobQuery("ann", 3) { })).ShouldBe(Enumerable.Reverse(ids));
        (await PageThroughAsync(new JobQuery("ann", 3, OldestFirst: true))).ShouldBe(ids);
        var whole = await Store.ListAsync(new JobQuery("ann", 7), Cancel);
        whole.HasMore.ShouldBeFalse();
        (await Store.ListAsync(new JobQuery("ann", 6), Cancel)).HasMore.ShouldBeTrue();
    }

    [Fact]
    public async Task List_AfterADeletedJob_GoesOnFromItsPlace()
    {
        var first = await AddAsync();
        var second = await AddAsync();
        var third = await AddAsync();
        await Store.RequestCancelAsync(second.Id, "ann", Cancel);
        (await Store.DeleteAsync(second.Id, "ann", Cancel)).ShouldBeTrue();

        (await ListIdsAsync(new JobQuery("ann", 10))).ShouldBe([third.Id, first.Id]);
        (await ListIdsAsync(new JobQuery("ann", 10, second.Id))).ShouldBe([first.Id]);
        (await ListIdsAsync(new JobQuery("ann", 10, second.Id, OldestFirst: true))).ShouldBe([third.Id]);
    }

    [Fact]
    public async Task List_AfterAnUnknownJob_IsEmpty()
    {
        await AddAsync();

        (await ListIdsAsync(new JobQuery("ann", 10, NewJob().Id))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("queued", 2)]
    [InlineData("in_progress", 1)]
    [InlineData("failed", 1)]
    [InlineData("completed", 0)]
    [InlineData("nonsense", 0)]
    public async Task List_ByPublicStatus_ShowsThatWord(string word, int count)
    {
        await AddAsync();
        await AddedInAsync(JobStatus.Submitting);
        await AddedInAsync(JobStatus.Running);
        await Store.RequestCancelAsync((await AddAsync()).Id, "ann", Cancel);

        (await Store.ListAsync(new JobQuery("ann", 10) { PublicStatus = word }, Cancel)).Jobs.Count.ShouldBe(count);
    }

    [Theory]
    [InlineData("100%", "a 100% fox")]
    [InlineData("_", "snake_case")]
    [InlineData(@"\", @"back\slash")]
    [InlineData("%%", "two %% of them")]
    [InlineData("'", "it's")]
    [InlineData("狐", "一只狐狸")]
    public async Task List_ByText_TakesTheTextAsItIs(string text, string prompt)
    {
        var wanted = await AddAsync(prompt: prompt);
        await AddAsync(prompt: "a 1000 foxes in a snakexcase");

        (await ListIdsAsync(new JobQuery("ann", 10) { Text = text })).ShouldBe([wanted.Id]);
    }

    [Fact]
    public async Task List_ByModel_ShowsThatModel()
    {
        var wanted = await AddAsync(NewJob() with { Model = "fake/other" });
        await AddAsync();

        (await ListIdsAsync(new JobQuery("ann", 10) { Model = "fake/other" })).ShouldBe([wanted.Id]);
    }

    // Claims.

    [Fact]
    public async Task Claim_DueJobs_OldestDueFirstAndAsManyAsAsked()
    {
        var first = await AddAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = await AddAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var third = await AddAsync();

        (await ClaimAsync(slots: 2)).Jobs.Select(j => j.Id).ShouldBe([first.Id, second.Id], ignoreOrder: true);
        (await ClaimAsync(slots: 2)).Jobs.Select(j => j.Id).ShouldBe([third.Id]);
    }

    [Fact]
    public async Task Claim_SlotsPerProvider_AreKeptAndOthersLeftAlone()
    {
        for (var i = 0; i < 3; i++)
        {
            await AddAsync(NewJob(provider: "a"));
            await AddAsync(NewJob(provider: "b"));
            await AddAsync(NewJob(provider: "c"));
        }

        var claimed = await Store.ClaimAsync(
            new ClaimRequest("w", new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 }, _clock.Now, _clock.Now + Lease), Cancel);

        claimed.Jobs.GroupBy(j => j.Provider).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(
            new Dictionary<string, int> { ["a"] = 2, ["b"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Claim_NothingDue_TellsWhenTheNextIs()
    {
        (await ClaimAsync()).NextDue.ShouldBeNull();
        await AddAsync(NewJob(provider: "other"));
        (await ClaimAsync()).NextDue.ShouldBeNull();
        await AddedInAsync(JobStatus.Running, due: _clock.Now + TimeSpan.FromSeconds(50));

        var claimed = await ClaimAsync();

        claimed.Jobs.ShouldBeEmpty();
        claimed.NextDue.ShouldBe(_clock.Now + TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task Claim_LeasedJob_OnlyAfterTheLeaseAndWithAHigherFence()
    {
        var made = await AddAsync();
        var first = (await ClaimAsync()).Jobs.Single();
        _clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        (await ClaimAsync()).Jobs.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        var second = (await ClaimAsync()).Jobs.Single();

        second.Id.ShouldBe(made.Id);
        second.Fence.ShouldBeGreaterThan(first.Fence);
        second.Claims.ShouldBe(2);
    }

    [Fact]
    public async Task Claim_FromManyThreadsAndTwoStores_GivesEachJobOnce()
    {
        IJobStore[] stores = [Store, await OpenAsync()];
        for (var i = 0; i < 60; i++)
        {
            await AddAsync();
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            async () =>
            {
                var mine = new List<JobId>();
                while ((await ClaimAsync(stores[i % 2], slots: 3)).Jobs is { Count: > 0 } jobs)
                {
                    mine.AddRange(jobs.Select(j => j.Id));
                }

                return mine;
            },
            Cancel)));

        claimed.SelectMany(c => c).Count().ShouldBe(60);
        claimed.SelectMany(c => c).Distinct().Count().ShouldBe(60);
    }

    [Fact]
    public async Task Claim_StateOfANewerVersion_IsLeftAlone()
    {
        var made = await AddAsync();
        await ExecuteAsync($"UPDATE jobs SET status = 'levitating' WHERE id = '{made.Id.Hex}'");
        var mine = await AddAsync();

        (await ClaimAsync()).Jobs.Select(j => j.Id).ShouldBe([mine.Id]);
        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeFalse();
        (await Store.RescueAsync(made.Id, "remote", null, "late", Cancel)).ShouldBeFalse();
        (await Store.ReopenAsync(made.Id, "ann", "again", Cancel)).ShouldBeFalse();
        (await GetAsync(made.Id)).Status.PublicWord().ShouldBe("in_progress");
    }

    // Applying changes.

    [Fact]
    public async Task Apply_EveryField_IsStored()
    {
        var made = await AddedInAsync(JobStatus.Submitting);
        var missing = _clock.Now - TimeSpan.FromMinutes(3);

        (await ApplyAsync(made.Id, JobStatus.Submitting, JobStatus.Running, u => u with
        {
            Reason = "The provider has it.",
            Progress = 0.25,
            RemoteId = "remote",
            RemoteData = "{}",
            Outputs = [new RemoteOutput { Url = "https://files.example/1" }, new RemoteOutput { WorkFile = "x" }],
            Warnings = ["one"],
            ChargedUsd = 0.5m,
            Faults = 2,
            MissingSince = missing,
            Due = _clock.Now + TimeSpan.FromMinutes(1),
        })).ShouldBeTrue();

        var read = await GetAsync(made.Id);
        read.Status.ShouldBe(JobStatus.Running);
        read.Reason.ShouldBe("The provider has it.");
        read.Progress.ShouldBe(0.25);
        read.RemoteId.ShouldBe("remote");
        read.RemoteData.ShouldBe("{}");
        read.Outputs.Select(o => o.Url ?? o.WorkFile).ShouldBe(["https://files.example/1", "x"]);
        read.Warnings.ShouldBe(["one"]);
        read.ChargedUsd.ShouldBe(0.5m);
        read.Faults.ShouldBe(2);
        read.MissingSince.ShouldBe(missing);
        read.Claims.ShouldBe(0);
        read.SubmittedAt.ShouldNotBeNull();
        read.EndedAt.ShouldBeNull();
        (await Store.OwnsRemoteAsync("fake", "remote", Cancel)).ShouldBeTrue();
        (await Store.OwnsRemoteAsync("other", "remote", Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Apply_NullFields_StayAsTheyAre()
    {
        var made = await AddedInAsync(JobStatus.Running);
        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running, u => u with
        {
            Reason = "why",
            Progress = 0.5,
            RemoteData = "data",
            Warnings = ["w"],
            ChargedUsd = 1,
            Faults = 3,
            MissingSince = _clock.Now,
        });

        (await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running)).ShouldBeTrue();

        var read = await GetAsync(made.Id);
        read.Reason.ShouldBe("why");
        read.Progress.ShouldBe(0.5);
        read.RemoteData.ShouldBe("data");
        read.Warnings.ShouldBe(["w"]);
        read.ChargedUsd.ShouldBe(1);
        read.Faults.ShouldBe(3);
        read.MissingSince.ShouldNotBeNull();
    }

    [Fact]
    public async Task Apply_AMove_SetsFaultsToZeroAndForgetsMissing()
    {
        var made = await AddedInAsync(JobStatus.Running);
        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running, u => u with { Faults = 3, MissingSince = _clock.Now });

        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Collecting);

        var read = await GetAsync(made.Id);
        read.Faults.ShouldBe(0);
        read.MissingSince.ShouldBeNull();
    }

    [Fact]
    public async Task Apply_StaleFence_ChangesNothingAndWritesNoEvent()
    {
        var made = await AddAsync();
        var stale = (await ClaimAsync()).Jobs.Single();
        _clock.Advance(Lease);
        await ClaimAsync();
        var before = (await GetAsync(made.Id), (await EventsAsync(made.Id)).Count);

        var applied = await Store.ApplyAsync(
            new JobUpdate { Lease = new JobLease(made.Id, stale.Fence), From = JobStatus.Queued, To = JobStatus.Failed, Now = _clock.Now, ErrorCode = "x" },
            Cancel);

        applied.ShouldBeFalse();
        var after = await GetAsync(made.Id);
        after.Status.ShouldBe(JobStatus.Queued);
        after.ErrorCode.ShouldBeNull();
        after.UpdatedAt.ShouldBe(before.Item1.UpdatedAt);
        (await EventsAsync(made.Id)).Count.ShouldBe(before.Count);
    }

    [Fact]
    public async Task Apply_WrongFrom_ChangesNothing()
    {
        var made = await AddedInAsync(JobStatus.Running);

        (await ApplyAsync(made.Id, JobStatus.Submitting, JobStatus.Failed, u => u with { ErrorCode = "x" })).ShouldBeFalse();

        (await GetAsync(made.Id)).Status.ShouldBe(JobStatus.Running);
    }

    [Fact]
    public async Task Apply_MovesNotInTheTable_Throw()
    {
        var made = await AddAsync();
        foreach (var from in Enum.GetValues<JobStatus>())
        {
            foreach (var to in Enum.GetValues<JobStatus>().Where(to => to != from && !JobMoves.IsAllowed(from, to)))
            {
                await Should.ThrowAsync<InvalidOperationException>(() => ApplyAsync(made.Id, from, to), $"{from} to {to}");
            }
        }

        (await GetAsync(made.Id)).Status.ShouldBe(JobStatus.Queued);
    }

    [Fact]
    public async Task Apply_End_HasAnEndTimeAndIsNeverClaimedAgain()
    {
        var made = await AddedInAsync(JobStatus.Running);
        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Failed, u => u with { ErrorCode = "code", ErrorText = "text" });
        _clock.Advance(TimeSpan.FromDays(1));

        (await ClaimAsync()).ShouldSatisfyAllConditions(c => c.Jobs.ShouldBeEmpty(), c => c.NextDue.ShouldBeNull());
        var read = await GetAsync(made.Id);
        read.EndedAt.ShouldNotBeNull();
        read.ErrorCode.ShouldBe("code");
        read.ErrorText.ShouldBe("text");
        (await Store.CountOpenAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Apply_Assets_AreStoredWithTheMoveAndReplaceEarlierOnes()
    {
        var made = await AddedInAsync(JobStatus.Collecting);
        Asset Video(string hash) => new()
        {
            JobId = made.Id,
            Role = AssetRole.Video,
            FileName = "video.mp4",
            MimeType = "video/mp4",
            Bytes = 1L << 33,
            Sha256 = hash,
            Width = 1280,
            Height = 720,
            Seconds = 8.04,
        };
        var sheet = new Asset
        {
            JobId = made.Id,
            Role = AssetRole.Spritesheet,
            FileName = "spritesheet.jpg",
            MimeType = "image/jpeg",
            Bytes = 3,
            Sha256 = "s",
            Columns = 5,
            Rows = 4,
        };
        await ApplyAsync(made.Id, JobStatus.Collecting, JobStatus.Collecting, u => u with { Assets = [Video("first")] });

        await ApplyAsync(made.Id, JobStatus.Collecting, JobStatus.Completed, u => u with { Assets = [Video("second"), sheet] });

        (await GetAsync(made.Id)).Assets.ShouldBe([Video("second"), sheet], ignoreOrder: true);
    }

    [Fact]
    public async Task Events_FollowTheStateStepByStep()
    {
        var made = await AddedInAsync(JobStatus.Collecting);
        await ApplyAsync(made.Id, JobStatus.Collecting, JobStatus.Completed, u => u with { Reason = "Done.", Progress = 1 });
        await Store.DeleteAsync(made.Id, "ann", Cancel);

        var events = await EventsAsync(made.Id);

        events.Select(e => e.Type).ShouldBe(["created", "changed", "changed", "changed", "changed", "deleted"]);
        events.Select(e => e.Data.Status).ShouldBe(["queued", "submitting", "running", "collecting", "completed", null]);
        events[4].Data.Reason.ShouldBe("Done.");
        events[4].Data.Progress.ShouldBe(1);
        events.ShouldAllBe(e => e.Owner == "ann");
        events.Select(e => e.Sequence).ShouldBeInOrder();
        (await Store.EventsAfterAsync(events[3].Sequence, 1, Cancel)).Single().Sequence.ShouldBe(events[4].Sequence);
    }

    // Leases.

    [Fact]
    public async Task Renew_HeldLease_KeepsOthersAway()
    {
        var made = await AddAsync();
        var held = (await ClaimAsync()).Jobs.Single();
        _clock.Advance(Lease / 2);

        (await RenewAsync(held)).ShouldBe(RenewResult.Held);

        _clock.Advance(Lease * 0.9);
        (await ClaimAsync()).Jobs.ShouldBeEmpty();
        (await GetAsync(made.Id)).Status.ShouldBe(JobStatus.Queued);
    }

    [Fact]
    public async Task Renew_AfterAnotherClaimed_IsLost()
    {
        await AddAsync();
        var held = (await ClaimAsync()).Jobs.Single();
        _clock.Advance(Lease);
        var thief = (await ClaimAsync()).Jobs.Single();

        (await RenewAsync(held, 0.5)).ShouldBe(RenewResult.Lost);

        (await RenewAsync(thief)).ShouldBe(RenewResult.Held);
        (await GetAsync(held.Id)).Progress.ShouldBe(0);
    }

    [Fact]
    public async Task Renew_WhenCancelIsWanted_SaysSo()
    {
        await AddedInAsync(JobStatus.Running, due: _clock.Now);
        var held = (await ClaimAsync()).Jobs.Single();
        await Store.RequestCancelAsync(held.Id, "ann", Cancel);

        (await RenewAsync(held)).ShouldBe(RenewResult.CancelRequested);
    }

    [Fact]
    public async Task Progress_NeverFalls()
    {
        var made = await AddedInAsync(JobStatus.Running, due: _clock.Now);
        var held = (await ClaimAsync()).Jobs.Single();
        foreach (var progress in new[] { 0.1, 0.5, 0.3, 0.6, 0.0 })
        {
            await RenewAsync(held, progress);
        }

        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running, u => u with { Progress = 0.2 });

        (await GetAsync(made.Id)).Progress.ShouldBe(0.6);
    }

    // Rescue, cancel, reopen, delete.

    [Theory]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.SubmissionUnknown)]
    public async Task Rescue_SentJobWithoutRemoteId_RunsOn(JobStatus from)
    {
        var made = await AddedInAsync(from);
        var fence = (await GetAsync(made.Id)).Fence;

        (await Store.RescueAsync(made.Id, "remote", "data", "It came late.", Cancel)).ShouldBeTrue();

        var read = await GetAsync(made.Id);
        read.Status.ShouldBe(JobStatus.Running);
        read.RemoteId.ShouldBe("remote");
        read.RemoteData.ShouldBe("data");
        read.Reason.ShouldBe("It came late.");
        read.ErrorCode.ShouldBeNull();
        read.EndedAt.ShouldBeNull();
        read.Fence.ShouldBeGreaterThan(fence);
        (await EventsAsync(made.Id))[^1].Data.Status.ShouldBe("running");
        (await ClaimAsync()).Jobs.Single().Id.ShouldBe(made.Id);
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Collecting)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    [InlineData(JobStatus.Expired)]
    public async Task Rescue_AnyOtherJob_ChangesNothing(JobStatus state)
    {
        var made = await AddedInAsync(state);
        var events = (await EventsAsync(made.Id)).Count;

        (await Store.RescueAsync(made.Id, "late", null, "It came late.", Cancel)).ShouldBeFalse();

        var read = await GetAsync(made.Id);
        read.Status.ShouldBe(state);
        read.RemoteId.ShouldNotBe("late");
        (await EventsAsync(made.Id)).Count.ShouldBe(events);
    }

    [Fact]
    public async Task Cancel_QueuedJob_IsAtItsEndAtOnce()
    {
        var made = await AddAsync();
        var held = (await ClaimAsync()).Jobs.Single();

        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeTrue();

        var read = await GetAsync(made.Id);
        read.Status.ShouldBe(JobStatus.Cancelled);
        read.ErrorCode.ShouldBe(ErrorCodes.Cancelled);
        read.EndedAt.ShouldBe(_clock.Now);
        (await EventsAsync(made.Id))[^1].Data.ShouldBe(new EventData { Status = "cancelled", Reason = read.Reason, ErrorCode = "cancelled" });
        (await Store.ApplyAsync(
            new JobUpdate { Lease = new JobLease(held.Id, held.Fence), From = JobStatus.Queued, To = JobStatus.Submitting, Now = _clock.Now, Due = _clock.Now },
            Cancel)).ShouldBeFalse();
        (await RenewAsync(held)).ShouldBe(RenewResult.Lost);
    }

    [Fact]
    public async Task Cancel_RunningJobBetweenTwoLooks_IsFlaggedAndDueAtOnce()
    {
        var made = await AddedInAsync(JobStatus.Running, due: _clock.Now + TimeSpan.FromMinutes(5));

        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeTrue();

        var claimed = (await ClaimAsync()).Jobs.Single();
        claimed.Status.ShouldBe(JobStatus.Running);
        claimed.CancelRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Cancel_RunningJobInAWorkersHands_IsFlaggedButNotTaken()
    {
        var made = await AddedInAsync(JobStatus.Running, due: _clock.Now);
        await ClaimAsync();

        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeTrue();

        (await ClaimAsync()).Jobs.ShouldBeEmpty();
        (await GetAsync(made.Id)).CancelRequested.ShouldBeTrue();
    }

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Cancelled)]
    [InlineData(JobStatus.Expired)]
    [InlineData(JobStatus.SubmissionUnknown)]
    public async Task Cancel_JobAtItsEnd_ChangesNothing(JobStatus end)
    {
        var made = await AddedInAsync(end);

        (await Store.RequestCancelAsync(made.Id, "ann", Cancel)).ShouldBeFalse();

        (await GetAsync(made.Id)).CancelRequested.ShouldBe(end == JobStatus.Cancelled && (await GetAsync(made.Id)).CancelRequested);
    }

    [Fact]
    public async Task Reopen_ExpiredJob_IsLookedAtNow()
    {
        var made = await AddedInAsync(JobStatus.Expired);
        _clock.Advance(TimeSpan.FromHours(3));

        (await Store.ReopenAsync(made.Id, "ann", "again", Cancel)).ShouldBeTrue();

        var claimed = (await ClaimAsync()).Jobs.Single();
        claimed.Status.ShouldBe(JobStatus.Running);
        claimed.RemoteId.ShouldBe("remote");
        claimed.ErrorCode.ShouldBeNull();
        claimed.EndedAt.ShouldBeNull();
        claimed.SubmittedAt.ShouldBe(_clock.Now);
        (await EventsAsync(made.Id))[^1].Data.Status.ShouldBe("running");
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.SubmissionUnknown)]
    public async Task Reopen_AnyOtherJob_ChangesNothing(JobStatus state)
    {
        var made = await AddedInAsync(state);

        (await Store.ReopenAsync(made.Id, "ann", "again", Cancel)).ShouldBeFalse();

        (await GetAsync(made.Id)).Status.ShouldBe(state);
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Collecting)]
    public async Task Delete_OpenJob_IsRefused(JobStatus state)
    {
        var made = await AddedInAsync(state);

        (await Store.DeleteAsync(made.Id, "ann", Cancel)).ShouldBeFalse();

        (await Store.GetAsync(made.Id, "ann", Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Delete_EndedJob_IsGoneOnce()
    {
        var made = await AddedInAsync(JobStatus.Completed);
        var other = await AddAsync();

        (await Store.DeleteAsync(made.Id, "ann", Cancel)).ShouldBeTrue();

        (await Store.DeleteAsync(made.Id, "ann", Cancel)).ShouldBeFalse();
        (await Store.GetAsync(made.Id, "ann", Cancel)).ShouldBeNull();
        (await Store.GetAsync(made.Id, null, Cancel)).ShouldBeNull();
        (await Store.ReopenAsync(made.Id, "ann", "again", Cancel)).ShouldBeFalse();
        (await EventsAsync(made.Id)).Count(e => e.Type == "deleted").ShouldBe(1);
        (await Store.UnpurgedAsync(10, Cancel)).ShouldBe([made.Id]);

        await Store.MarkPurgedAsync(made.Id, Cancel);
        await Store.MarkPurgedAsync(other.Id, Cancel);

        (await Store.UnpurgedAsync(10, Cancel)).ShouldBeEmpty("a job that is not deleted is never purged");
    }

    // Owners.

    [Fact]
    public async Task EveryDoor_OtherOwner_SeesAndChangesNothing()
    {
        var running = await AddedInAsync(JobStatus.Running);
        var expired = await AddedInAsync(JobStatus.Expired);
        var queued = await AddAsync();

        (await Store.GetAsync(running.Id, "eve", Cancel)).ShouldBeNull();
        (await ListIdsAsync(new JobQuery("eve", 10))).ShouldBeEmpty();
        (await Store.RequestCancelAsync(running.Id, "eve", Cancel)).ShouldBeFalse();
        (await Store.RequestCancelAsync(queued.Id, "eve", Cancel)).ShouldBeFalse();
        (await Store.ReopenAsync(expired.Id, "eve", "again", Cancel)).ShouldBeFalse();
        (await Store.DeleteAsync(expired.Id, "eve", Cancel)).ShouldBeFalse();
        (await GetAsync(running.Id)).CancelRequested.ShouldBeFalse();
        (await GetAsync(queued.Id)).Status.ShouldBe(JobStatus.Queued);
        (await GetAsync(expired.Id)).Status.ShouldBe(JobStatus.Expired);
    }

    [Fact]
    public async Task List_WithoutOwner_ShowsAll()
    {
        await AddAsync();
        await AddAsync(NewJob(owner: "bob"));

        (await ListIdsAsync(new JobQuery(null, 10))).Count.ShouldBe(2);
    }

    // Many at once, and again after a restart.

    [Fact]
    public async Task Create_AThousandAtOnce_AllAreThereAfterAReopen()
    {
        var jobs = Enumerable.Range(0, 1_000).Select(_ => NewJob()).ToList();

        await Task.WhenAll(jobs.Select(job => Store.CreateAsync(new NewJob(job, job.Id.Hex), Cancel)));

        var again = await OpenAsync();
        (await again.ListAsync(new JobQuery("ann", 1_000), Cancel)).Jobs.Select(j => j.Id).ShouldBe(jobs.Select(j => j.Id), ignoreOrder: true);
        (await again.EventsAfterAsync(0, 2_000, Cancel)).Count.ShouldBe(1_000);
        (await again.CountOpenAsync(Cancel)).ShouldBe(1_000);
    }

    [Fact]
    public async Task Create_FailingNeighbours_FailAlone()
    {
        await Store.CreateAsync(new NewJob(NewJob(), "key"), Cancel);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            try
            {
                return (await Store.CreateAsync(i % 10 == 0 ? new NewJob(NewJob() with { BodyHash = "other" }, "key") : new NewJob(NewJob(), null), Cancel)).Job.Id;
            }
            catch (KinoraException)
            {
                return (JobId?)null;
            }
        }));

        results.Count(r => r is null).ShouldBe(20);
        (await ListIdsAsync(new JobQuery("ann", 1_000))).Count.ShouldBe(181);
        (await Store.EventsAfterAsync(0, 1_000, Cancel)).Count.ShouldBe(181);
    }

    // Races between a worker's heartbeat and its writes.

    [Fact]
    public async Task Renew_AfterTheWorkerGaveTheJobBack_DoesNotDelayTheNextLook()
    {
        await AddedInAsync(JobStatus.Running, due: _clock.Now);
        var held = (await ClaimAsync()).Jobs.Single();
        await ApplyAsync(held.Id, JobStatus.Running, JobStatus.Running, u => u with { Due = _clock.Now + TimeSpan.FromSeconds(5) });

        (await RenewAsync(held)).ShouldBe(RenewResult.Lost);

        (await ClaimAsync()).NextDue.ShouldBe(_clock.Now + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Renew_WorkerThatGoesOn_IsHeld()
    {
        await AddAsync();
        var held = (await ClaimAsync()).Jobs.Single();
        await ApplyAsync(held.Id, JobStatus.Queued, JobStatus.Submitting, u => u with { KeepLease = true, Due = _clock.Now + Lease });

        (await RenewAsync(held)).ShouldBe(RenewResult.Held);
    }

    [Fact]
    public async Task Events_Progress_NeverFallsEither()
    {
        await AddedInAsync(JobStatus.Running, due: _clock.Now);
        var held = (await ClaimAsync()).Jobs.Single();
        await RenewAsync(held, 0.6);
        await RenewAsync(held, 0.2);
        await ApplyAsync(held.Id, JobStatus.Running, JobStatus.Running, u => u with { Progress = 0.4 });
        await ApplyAsync(held.Id, JobStatus.Running, JobStatus.Running, u => u with { Progress = 0.5, Reason = "A reason." });

        var told = (await EventsAsync(held.Id)).Where(e => e.Data.Status is null && e.Type == "changed").Select(e => (e.Data.Progress, e.Data.Reason));

        told.ShouldBe([(0.6, null), (null, "A reason.")]);
    }

    [Fact]
    public async Task Claim_StateOfANewerVersion_DoesNotHideWhenTheNextIsDue()
    {
        var strange = await AddAsync();
        await ExecuteAsync($"UPDATE jobs SET status = 'levitating' WHERE id = '{strange.Id.Hex}'");
        await AddedInAsync(JobStatus.Running, due: _clock.Now + TimeSpan.FromSeconds(50));

        (await ClaimAsync()).NextDue.ShouldBe(_clock.Now + TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task Claim_EqualDueTimes_GoByAge()
    {
        var made = new List<JobId>();
        for (var i = 0; i < 20; i++)
        {
            made.Add((await AddAsync()).Id);
        }

        (await ClaimAsync(slots: 5)).Jobs.Select(j => j.Id).ShouldBe(made.Take(5), ignoreOrder: true);
    }

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Expired)]
    public async Task Apply_StayingAtAnEnd_Throws(JobStatus end)
    {
        var made = await AddedInAsync(end);
        var ended = (await GetAsync(made.Id)).EndedAt;
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Should.ThrowAsync<InvalidOperationException>(() => ApplyAsync(made.Id, end, end, u => u with { Reason = "It is tried again." }));

        (await GetAsync(made.Id)).EndedAt.ShouldBe(ended);
    }

    [Fact]
    public async Task Rescue_DeletedJob_StaysDeleted()
    {
        var made = await AddedInAsync(JobStatus.SubmissionUnknown);
        await Store.DeleteAsync(made.Id, "ann", Cancel);

        (await Store.RescueAsync(made.Id, "late", null, "It came late.", Cancel)).ShouldBeFalse();

        (await Store.CountOpenAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task List_AfterAnotherOwnersJob_IsAsAfterAnUnknownOne()
    {
        await AddAsync();
        var bobs = await AddAsync(NewJob(owner: "bob"));

        (await ListIdsAsync(new JobQuery("ann", 10, bobs.Id))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Renew_WithoutProgress_DoesNotForgetDeadClaims()
    {
        await AddedInAsync(JobStatus.Running, due: _clock.Now);
        await RenewAsync((await ClaimAsync()).Jobs.Single(), 0.5);
        for (var i = 1; i <= 3; i++)
        {
            _clock.Advance(Lease);
            var held = (await ClaimAsync()).Jobs.Single();
            held.Claims.ShouldBe(i);
            await RenewAsync(held, i == 2 ? 0.3 : null);
        }

        _clock.Advance(Lease);
        await RenewAsync((await ClaimAsync()).Jobs.Single(), 0.7);
        _clock.Advance(Lease);
        (await ClaimAsync()).Jobs.Single().Claims.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_Strikes_LastUntilAMoveOrAGoodAnswer()
    {
        var made = await AddedInAsync(JobStatus.Running);
        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running, u => u with { Faults = 1, Strikes = 2 });
        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running, u => u with { Faults = 2 });
        (await GetAsync(made.Id)).Strikes.ShouldBe(2);
        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running, u => u with { Faults = 0 });
        (await GetAsync(made.Id)).Strikes.ShouldBe(0);
        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Running, u => u with { Strikes = 2 });
        await ApplyAsync(made.Id, JobStatus.Running, JobStatus.Collecting);

        (await GetAsync(made.Id)).Strikes.ShouldBe(0);
    }

    // Tools of these tests.

    private protected Job NewJob(string owner = "ann", string provider = "fake", string prompt = "a fox") => TestJobs.New(_clock.Now, owner, provider, prompt);

    private protected Task<Job> AddAsync(string prompt = "a fox") => AddAsync(NewJob(prompt: prompt));

    private protected async Task<Job> AddAsync(Job job) => (await Store.CreateAsync(new NewJob(job, null), Cancel)).Job;

    private protected async Task<Job> GetAsync(JobId id) => (await Store.GetAsync(id, null, Cancel))!;

    private protected Task<ClaimResult> ClaimAsync(IJobStore? store = null, int slots = 100) => (store ?? Store).ClaimAsync(
        new ClaimRequest("worker", new Dictionary<string, int> { ["fake"] = slots }, _clock.Now, _clock.Now + Lease), Cancel);

    private protected async Task<Job> ClaimOneAsync(JobId id) => (await ClaimAsync()).Jobs.Single(j => j.Id == id);

    private protected Task<RenewResult> RenewAsync(Job held, double? progress = null) =>
        Store.RenewAsync(new JobLease(held.Id, held.Fence), _clock.Now + Lease, progress, Cancel);

    /// <summary>Writes under the newest fence.</summary>
    private protected async Task<bool> ApplyAsync(JobId id, JobStatus from, JobStatus to, Func<JobUpdate, JobUpdate>? change = null)
    {
        var update = new JobUpdate
        {
            Lease = new JobLease(id, (await GetAsync(id)).Fence),
            From = from,
            To = to,
            Now = _clock.Now,
            Due = _clock.Now + TimeSpan.FromMinutes(1),
        };
        return await Store.ApplyAsync(change?.Invoke(update) ?? update, Cancel);
    }

    /// <summary>A job brought to a state by allowed moves.</summary>
    private protected async Task<Job> AddedInAsync(JobStatus state, DateTimeOffset? due = null)
    {
        var made = await AddAsync();
        JobStatus[] way = state switch
        {
            JobStatus.Queued => [],
            JobStatus.Submitting => [JobStatus.Submitting],
            JobStatus.Running => [JobStatus.Submitting, JobStatus.Running],
            JobStatus.Collecting => [JobStatus.Submitting, JobStatus.Running, JobStatus.Collecting],
            JobStatus.Completed => [JobStatus.Submitting, JobStatus.Running, JobStatus.Collecting, JobStatus.Completed],
            JobStatus.Expired => [JobStatus.Submitting, JobStatus.Running, JobStatus.Expired],
            JobStatus.SubmissionUnknown => [JobStatus.Submitting, JobStatus.SubmissionUnknown],
            _ => [state],
        };
        var from = JobStatus.Queued;
        foreach (var to in way)
        {
            (await ApplyAsync(made.Id, from, to, u => u with
            {
                RemoteId = to == JobStatus.Running ? "remote" : null,
                Due = due ?? u.Due,
                ErrorCode = to.IsFinal() && to != JobStatus.Completed ? "code" : null,
            })).ShouldBeTrue();
            from = to;
        }

        return await GetAsync(made.Id);
    }

    private protected async Task<IReadOnlyList<JobEvent>> EventsAsync(JobId id) =>
        (await Store.EventsAfterAsync(0, 10_000, Cancel)).Where(e => e.JobId == id).ToList();

    private async Task<IReadOnlyList<JobId>> ListIdsAsync(JobQuery query) =>
        (await Store.ListAsync(query, Cancel)).Jobs.Select(j => j.Id).ToList();

    private async Task<IReadOnlyList<JobId>> PageThroughAsync(JobQuery query)
    {
        var ids = new List<JobId>();
        while (true)
        {
            var page = await Store.ListAsync(query, Cancel);
            ids.AddRange(page.Jobs.Select(j => j.Id));
            if (!page.HasMore)
            {
                return ids;
            }

            query = query with { After = ids[^1] };
        }
    }
}
