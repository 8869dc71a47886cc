using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>A new clip joined behind the video it extends. The clip is paid: whatever happens, it is not lost, and not made or fetched twice.</summary>
public sealed class JoinTests : IAsyncLifetime
{
    private static readonly InputVideo Source = new(new string('a', 64), "video/mp4", 1280, 720, 8);

    private readonly Engine _engine = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(_engine.Assets.WorkFolder(JobId.New(new SystemRandomBytes())), "source");
        await File.WriteAllTextAsync(file, "source", Cancel);
        await _engine.Assets.PutInputVideoAsync(file, Source, Cancel);
        _engine.Media.SecondsOf = path => Path.GetFileName(path) == "joined" ? 12 : 4;
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Append_IsAPlainCreateThere_AndTheWholeHere()
    {
        Submission? sent = null;
        var submit = _engine.Provider.OnSubmit;
        _engine.Provider.OnSubmit = (submission, cancel) => submit(sent = submission, cancel);

        var job = await _engine.RunAsync(await AddAsync());

        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        (await ReadAsync(job)).ShouldBe("source + a video");
        Video(job).Seconds.ShouldBe(12);
        job.Warnings.ShouldBeEmpty();
        sent!.Request.Operation.ShouldBe(Operation.Create);
        (sent.Request.Source, sent.Request.SourceVideo, sent.Source).ShouldBe((null, null, null));
        sent.Request.Seconds.ShouldBe(4);
    }

    [Fact]
    public async Task Append_ClipOfAnotherLength_IsToldOfTheClip()
    {
        _engine.Media.SecondsOf = path => Path.GetFileName(path) == "joined" ? 14 : 6;

        (await _engine.RunAsync(await AddAsync())).Warnings.ShouldHaveSingleItem().ShouldBe("The new clip is 6 s long; 4 s were asked.");
    }

    [Fact]
    public async Task Join_FailsOnce_IsTriedAgainWithoutAnotherFetch()
    {
        var tries = 0;
        _engine.Media.OnJoin = (_, _) => ++tries == 1 ? throw new KinoraException(ErrorCodes.AssetInvalid, "Took too long.") : Task.CompletedTask;

        var job = await _engine.RunAsync(await AddAsync());

        (await ReadAsync(job)).ShouldBe("source + a video");
        tries.ShouldBe(2);
        _engine.Provider.Opens.Count.ShouldBe(1);
        _engine.Provider.Submits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Join_FailsAlways_CompletesWithTheClipAloneAndSaysSo()
    {
        var tries = 0;
        _engine.Media.OnJoin = (_, _) => ++tries > 0 ? throw new KinoraException(ErrorCodes.AssetInvalid, "Took too long.") : Task.CompletedTask;

        var job = await _engine.RunAsync(await AddAsync());

        job.Status.ShouldBe(JobStatus.Completed);
        (await ReadAsync(job)).ShouldBe("a video");
        Video(job).Seconds.ShouldBe(4);
        job.Warnings.ShouldHaveSingleItem().ShouldBe("The new clip could not be joined behind its video, so it is kept alone. Took too long.");
        tries.ShouldBe(RetryRules.JoinTries);
        _engine.Provider.Opens.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("too short")]
    [InlineData("source gone")]
    [InlineData("bug")]
    public async Task Join_CannotBe_KeepsTheClip(string why)
    {
        switch (why)
        {
            case "too short":
                _engine.Media.SecondsOf = path => Path.GetFileName(path) == "joined" ? 9 : 4;
                break;
            case "source gone":
                File.Delete(await _engine.Assets.PathAsync(Source, Cancel));
                break;
            default:
                _engine.Media.OnJoin = (_, _) => throw new InvalidOperationException("a bug");
                break;
        }

        var job = await _engine.RunAsync(await AddAsync());

        job.Status.ShouldBe(JobStatus.Completed);
        (await ReadAsync(job)).ShouldBe("a video");
        job.Warnings.ShouldHaveSingleItem().ShouldContain("kept alone");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Join_NoRoom_WaitsUntilThereIsSome(bool whileJoining)
    {
        if (whileJoining)
        {
            _engine.Media.OnJoin = (_, _) => throw new KinoraException(ErrorCodes.StorageFull, "No room.");
        }
        else
        {
            // Enough for the clip, not for both.
            _engine.Assets.Free = 8;
        }

        var id = await AddAsync();
        (await _engine.RunAsync(id, mostPasses: 40)).Status.ShouldBe(JobStatus.Collecting);
        _engine.Assets.Free = long.MaxValue;
        _engine.Media.OnJoin = null;

        (await ReadAsync(await _engine.RunAsync(id))).ShouldBe("source + a video");
        _engine.Provider.Opens.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Join_NoRoomUntilItIsTooLate_KeepsTheClipAlone()
    {
        _engine.Media.OnJoin = (_, _) => throw new KinoraException(ErrorCodes.StorageFull, "No room.");
        var id = await AddAsync();
        (await _engine.RunAsync(id, mostPasses: 20)).Status.ShouldBe(JobStatus.Collecting);
        _engine.Clock.Advance(TimeSpan.FromDays(30));

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        (await ReadAsync(job)).ShouldBe("a video");
    }

    [Fact]
    public async Task Join_TriedAgainAfterItsTime_DoesNotLoseTheClip()
    {
        _engine.Media.OnJoin = (_, _) => throw new KinoraException(ErrorCodes.AssetInvalid, "Took too long.");
        var id = await AddAsync();
        while ((await _engine.GetAsync(id)).Faults == 0)
        {
            _engine.Clock.AdvanceTo((await _engine.PassAsync())!.Value);
        }

        _engine.Clock.Advance(TimeSpan.FromDays(30));

        (await ReadAsync(await _engine.RunAsync(id))).ShouldBe("a video");
    }

    [Fact]
    public async Task Join_WorkerDiesInIt_TheNextOneJoinsWithoutAnotherFetch()
    {
        var id = await AddAsync();
        await DieInJoinAsync(id);
        _engine.Media.OnJoin = null;

        var job = await _engine.RunAsync(id);

        (await ReadAsync(job)).ShouldBe("source + a video");
        _engine.Provider.Opens.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Join_WorkersDieInItAgainAndAgain_KeepsTheClipInsteadOfSettingItAside()
    {
        var id = await AddAsync();
        await DieInJoinAsync(id);
        await DieInJoinAsync(id);

        var job = await _engine.RunAsync(id);

        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        (await ReadAsync(job)).ShouldBe("a video");
    }

    /// <summary>A worker that gets as far as half a join and is never heard of again, until its lease is over.</summary>
    private async Task DieInJoinAsync(JobId id)
    {
        var reached = new TaskCompletionSource();
        _engine.Media.OnJoin = async (output, cancel) =>
        {
            await File.WriteAllTextAsync(output, "half", cancel);
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        };
        while (!reached.Task.IsCompleted)
        {
            foreach (var job in (await _engine.ClaimAsync()).Jobs)
            {
                var work = _engine.Work(job);
                await Task.WhenAny(_engine.Steps.RunAsync(work), reached.Task);
            }

            _engine.Clock.Advance(Engine.Lease + TimeSpan.FromSeconds(1));
        }

        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Collecting);
    }

    private Task<JobId> AddAsync() => _engine.AddAsync(new GenerationRequest
    {
        Prompt = "on",
        Operation = Operation.Append,
        Size = new(1280, 720),
        Seconds = 4,
        SourceVideo = Source,
        FirstFrame = new InputImage("hash", "image/png", 1280, 720),
    });

    private static Asset Video(Job job) => job.Assets.Single(a => a.Role == AssetRole.Video);

    private Task<string> ReadAsync(Job job) => File.ReadAllTextAsync(_engine.Assets.PathOf(Video(job)), Cancel);
}
