using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>What a worker writes down, and the events of it.</summary>
public abstract partial class JobStoreContract
{
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
}
