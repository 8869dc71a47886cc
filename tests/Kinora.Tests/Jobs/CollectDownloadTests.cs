using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Jobs.Steps;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Downloads of a paid result that break off, change, or are not what was said.</summary>
public sealed class CollectDownloadTests : IAsyncLifetime
{
    private readonly Engine _engine = new();

    private FakeProvider Provider => _engine.Provider;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Collect_BrokenOff_IsResumedOnlyWhereTheFileIsProvenTheSame()
    {
        Provider.OnOpen = (_, offset, _) => Task.FromResult<OpenOutcome>(offset == 0
            ? new OpenOutcome.Opened(new BreakingStream("a vi"u8.ToArray()), 0, 7, "tag")
            : new OpenOutcome.Opened(new MemoryStream("deo"u8.ToArray()), offset, 7, "tag"));

        var job = await _engine.RunAsync(await _engine.AddAsync());

        (await ReadAsync(job)).ShouldBe("a video");
        Provider.Opens.Select(o => o.Offset).ShouldBe([0, 4]);
    }

    [Fact]
    public async Task Collect_FileChangedBetween_IsNeverStitched()
    {
        var opens = 0;
        Provider.OnOpen = (_, offset, _) => Task.FromResult<OpenOutcome>(++opens switch
        {
            1 => new OpenOutcome.Opened(new BreakingStream("a vi"u8.ToArray()), 0, 7, "old"),
            2 => new OpenOutcome.Opened(new MemoryStream("DEO"u8.ToArray()), offset, 7, "new"),
            _ => new OpenOutcome.Opened(new MemoryStream("A VIDEO"u8.ToArray()), 0, 7, "new"),
        });

        (await ReadAsync(await _engine.RunAsync(await _engine.AddAsync()))).ShouldBe("A VIDEO");
    }

    [Fact]
    public async Task Collect_RangeIgnored_StartsFromTheBeginning()
    {
        var opens = 0;
        Provider.OnOpen = (_, _, _) => Task.FromResult<OpenOutcome>(
            new OpenOutcome.Opened(++opens == 1 ? new BreakingStream("a vi"u8.ToArray()) : new MemoryStream("a video"u8.ToArray()), 0, 7, "tag"));

        (await ReadAsync(await _engine.RunAsync(await _engine.AddAsync()))).ShouldBe("a video");
    }

    [Fact]
    public async Task Collect_MoreBytesThanDeclared_IsNeverTaken()
    {
        Provider.OnOpen = (_, _, _) => Task.FromResult<OpenOutcome>(new OpenOutcome.Opened(new MemoryStream("a video and more"u8.ToArray()), 0, 7));

        (await _engine.RunAsync(await _engine.AddAsync())).ErrorCode.ShouldBe(ErrorCodes.AssetInvalid);
    }

    [Fact]
    public async Task Collect_LargerThanAllowed_IsNotEvenBegun()
    {
        Provider.OnOpen = (_, _, _) => Task.FromResult<OpenOutcome>(new OpenOutcome.Opened(new MemoryStream(), 0, ResultDownload.MaxBytes + 1));

        (await _engine.RunAsync(await _engine.AddAsync())).ErrorCode.ShouldBe(ErrorCodes.AssetInvalid);
    }

    [Fact]
    public async Task Collect_ServerThatNeverStartsAtTheBeginning_IsGivenARest()
    {
        Provider.OnOpen = (_, _, _) => Task.FromResult<OpenOutcome>(new OpenOutcome.Opened(new MemoryStream("deo"u8.ToArray()), 4, 7, "tag"));
        var id = await _engine.AddAsync();
        await _engine.PassAsync();
        _engine.Clock.Advance(TimeSpan.FromSeconds(6));

        await Task.Run(() => _engine.PassAsync(), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        (await _engine.GetAsync(id)).Status.ShouldBe(JobStatus.Collecting);
        Provider.Opens.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("invalid")]
    public async Task Collect_BrokenDownloadsBefore_DoNotCountAgainstTheResult(string then)
    {
        var opens = 0;
        Provider.OnOpen = (_, _, _) => Task.FromResult<OpenOutcome>(++opens switch
        {
            <= 5 => new OpenOutcome.Unreachable("503"),
            6 when then == "gone" => new OpenOutcome.Gone("403"),
            6 => new OpenOutcome.Opened(new MemoryStream("bad html"u8.ToArray()), 0, 8),
            _ => new OpenOutcome.Opened(new MemoryStream("a video"u8.ToArray()), 0, 7),
        });

        (await _engine.RunAsync(await _engine.AddAsync())).Status.ShouldBe(JobStatus.Completed);
    }

    private async Task<string> ReadAsync(Job job)
    {
        job.Status.ShouldBe(JobStatus.Completed);
        return await File.ReadAllTextAsync(_engine.Assets.PathOf(job.Assets.Single(a => a.Role == AssetRole.Video)), TestContext.Current.CancellationToken);
    }

    /// <summary>Gives its bytes, then breaks.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("reset");
    }
}
