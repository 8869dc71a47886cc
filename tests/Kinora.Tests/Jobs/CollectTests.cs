using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Bringing a paid result home.</summary>
public sealed class CollectTests : IAsyncLifetime
{
    private readonly Engine _engine = new();

    private FakeProvider Provider => _engine.Provider;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Collect_GoodResult_IsStoredWithHashAndStills()
    {
        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Completed);
        job.Assets.Select(a => a.Role).ShouldBe([AssetRole.Spritesheet, AssetRole.Thumbnail, AssetRole.Video], ignoreOrder: true);
        var video = job.Assets.Single(a => a.Role == AssetRole.Video);
        video.Bytes.ShouldBe(7);
        video.Width.ShouldBe(1280);
        video.Seconds.ShouldBe(8);
        foreach (var asset in job.Assets)
        {
            (await FileHash.OfAsync(_engine.Assets.PathOf(asset), TestContext.Current.CancellationToken)).ShouldBe((asset.Bytes, asset.Sha256));
        }
    }

    [Fact]
    public async Task Collect_LinkDead_IsRefreshedThreeTimesThenExpires()
    {
        Provider.Open(new OpenOutcome.Gone("403"));

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Expired);
        job.ErrorCode.ShouldBe(ErrorCodes.AssetExpired);
        Provider.Checks.Count.ShouldBe(1 + RetryRules.LinkRefreshes);
        Provider.Opens.Count.ShouldBe(1 + RetryRules.LinkRefreshes);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Collect_FreshLink_IsUsed()
    {
        var looks = 0;
        Provider.OnCheck = (_, _, _) => Task.FromResult<CheckOutcome>(new CheckOutcome.Finished([new RemoteOutput { Url = $"https://files.example/{++looks}" }]));
        Provider.OnOpen = (output, _, _) => Task.FromResult<OpenOutcome>(output.Url!.EndsWith('3')
            ? new OpenOutcome.Opened(new MemoryStream("a video"u8.ToArray()), 0, 7)
            : new OpenOutcome.Gone("410"));

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Completed);
        looks.ShouldBe(3);
    }

    [Fact]
    public async Task Collect_NoVideoThreeTimes_IsInvalid()
    {
        Provider.OnOpen = (_, _, _) => Task.FromResult<OpenOutcome>(new OpenOutcome.Opened(new MemoryStream("bad html"u8.ToArray()), 0, 8));

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Failed);
        job.ErrorCode.ShouldBe(ErrorCodes.AssetInvalid);
        Provider.Opens.Count.ShouldBe(RetryRules.InvalidResultTries);
        job.Assets.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("before")]
    [InlineData("on adopt")]
    public async Task Collect_NoRoom_WaitsUntilThereIsSome(string when)
    {
        if (when == "before")
        {
            _engine.Assets.Free = 3;
        }
        else
        {
            _engine.Assets.OnAdopt = _ => throw new KinoraException(ErrorCodes.StorageFull, "No room.");
        }

        var id = await _engine.AddAsync();
        (await _engine.RunAsync(id, mostPasses: 40)).Status.ShouldBe(JobStatus.Collecting);
        _engine.Assets.Free = long.MaxValue;
        _engine.Assets.OnAdopt = null;

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task Collect_StoreAwayForLongerThanTheLinkLives_IsFetchedOnceAndStoredInTheEnd()
    {
        _engine.Assets.OnAdopt = _ => throw new KinoraException(ErrorCodes.StorageUnavailable, "The bucket for results does not answer.");
        var id = await _engine.AddAsync();

        var waiting = await _engine.RunAsync(id, mostPasses: 10);
        waiting.Status.ShouldBe(JobStatus.Collecting);
        waiting.Reason.ShouldContain("is here, but not stored yet");
        Provider.Open(new OpenOutcome.Gone("403"));
        _engine.Clock.Advance(TimeSpan.FromDays(30));
        (await _engine.RunAsync(id, mostPasses: 10)).Status.ShouldBe(JobStatus.Collecting);
        _engine.Assets.OnAdopt = null;

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Completed);
        (await ReadAsync(job)).ShouldBe("a video");
        Provider.Opens.Count.ShouldBe(1);
        Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Collect_FaultsBeforeTheStoreWasAway_DoNotEndItOnceItIsHere()
    {
        var opens = 0;
        Provider.OnOpen = (_, _, _) => Task.FromResult<OpenOutcome>(opens++ < 3
            ? new OpenOutcome.Unreachable("no answer")
            : new OpenOutcome.Opened(new MemoryStream("a video"u8.ToArray()), 0, 7));
        _engine.Assets.OnAdopt = _ => throw new KinoraException(ErrorCodes.StorageUnavailable, "The bucket for results does not answer.");
        var id = await _engine.AddAsync();
        await _engine.RunAsync(id, mostPasses: 12);
        opens.ShouldBe(4);

        _engine.Clock.Advance(TimeSpan.FromDays(30));
        (await _engine.RunAsync(id, mostPasses: 5)).Status.ShouldBe(JobStatus.Collecting);
        _engine.Assets.OnAdopt = null;

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task Collect_StillsFail_TheResultIsKeptAllTheSame()
    {
        _engine.Media.OnThumbnail = _ => throw new KinoraException(ErrorCodes.RenderFailed, "No stills.");

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Completed);
        job.Assets.Single().Role.ShouldBe(AssetRole.Video);
    }

    [Fact]
    public async Task Collect_OtherSizeThanAsked_IsTold()
    {
        var id = await _engine.AddAsync(new() { Prompt = "a fox", Size = new(1920, 1080), Seconds = 4 });

        var job = await _engine.RunAsync(id);

        job.Warnings.Count.ShouldBe(2);
        job.Warnings[0].ShouldBe("The result is 1280x720; 1920x1080 was asked.");
    }

    [Fact]
    public async Task Collect_WorkFileNamedWithAPath_StaysInTheFolder()
    {
        Provider.Check(new CheckOutcome.Finished([new RemoteOutput { WorkFile = "../../../../etc/passwd" }]));

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Expired);
        job.Assets.ShouldBeEmpty();
    }

    [Fact]
    public async Task Collect_CleaningUpFails_TheEndStaysAsItIs()
    {
        _engine.Assets.OnClearWork = _ => throw new IOException("in use");

        var job = await _engine.RunAsync(await _engine.AddAsync());

        job.Status.ShouldBe(JobStatus.Completed);
        job.Reason.ShouldBe("Done.");
        job.Faults.ShouldBe(0);
    }

    [Fact]
    public async Task Collect_StillsTakeTooLong_TheResultIsKeptAllTheSame()
    {
        _engine.Media.OnThumbnail = _ => throw new TaskCanceledException("its own time limit");

        (await _engine.RunAsync(await _engine.AddAsync())).Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task Collect_TheProgramWasOffForDays_TheResultIsStillTriedOnce()
    {
        _engine.Assets.Free = 3;
        var id = await _engine.AddAsync();
        await _engine.RunAsync(id, mostPasses: 2);
        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Collecting);
        _engine.Assets.Free = long.MaxValue;
        _engine.Clock.Advance(TimeSpan.FromDays(3));

        (await _engine.RunAsync(id)).Status.ShouldBe(JobStatus.Completed);
    }

    [Theory]
    [InlineData("no room")]
    [InlineData("unreachable")]
    [InlineData("throws")]
    public async Task Collect_NeverWorks_ExpiresAfterADay(string fault)
    {
        _engine.Assets.Free = fault == "no room" ? 3 : long.MaxValue;
        Provider.OnOpen = (_, _, _) => Task.FromResult<OpenOutcome>(fault switch
        {
            "no room" => new OpenOutcome.Opened(new MemoryStream("a video"u8.ToArray()), 0, 7),
            "unreachable" => new OpenOutcome.Unreachable("503"),
            _ => throw new InvalidOperationException("a bug"),
        });
        var id = await _engine.AddAsync();
        await _engine.RunAsync(id, mostPasses: 3);
        _engine.Clock.Advance(TimeSpan.FromDays(2));

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Expired);
        job.ErrorCode.ShouldBe(ErrorCodes.AssetExpired);
    }

    private async Task<string> ReadAsync(Job job)
    {
        job.Status.ShouldBe(JobStatus.Completed);
        return await File.ReadAllTextAsync(_engine.Assets.PathOf(job.Assets.Single(a => a.Role == AssetRole.Video)), TestContext.Current.CancellationToken);
    }
}
