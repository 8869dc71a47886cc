using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiVideos;

/// <summary>What became of a create whose answer was lost.</summary>
public sealed class ReconcileTests : OpenAiVideosTests
{
    [Theory]
    [InlineData("openai")]
    [InlineData("vllm-omni")]
    [InlineData("litellm")]
    public async Task Find_OneCandidate_IsIt(string dialect)
    {
        var (provider, lost) = await LoseAsync(dialect, "a lost storm [lab:create=reset_after_accept]");
        await provider.SubmitAsync(Scene.Submission(Ask("something else")), Cancel);

        (await FindAsync(provider, lost)).ShouldBe(Lab.Ledger.Creates[0].RemoteId);
    }

    [Fact]
    public async Task Find_TwoCandidates_IsNone()
    {
        var (provider, lost) = await LoseAsync("openai", "a lost storm [lab:create=reset_after_accept]");
        await provider.SubmitAsync(Scene.Submission(lost.Request), Cancel);

        (await FindAsync(provider, lost)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_TheOtherIsOwned_IsTheOneLeft()
    {
        var (provider, lost) = await LoseAsync("openai", "a lost storm [lab:create=reset_after_accept]");
        await provider.SubmitAsync(Scene.Submission(lost.Request), Cancel);
        var (mine, other) = (Lab.Ledger.Creates[0].RemoteId, Lab.Ledger.Creates[1].RemoteId);

        (await FindAsync(provider, lost, id => id == other)).ShouldBe(mine);
        (await FindAsync(provider, lost, _ => true)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_NeverArrived_IsNone()
    {
        var (provider, lost) = await LoseAsync("openai", "a lost storm [lab:create=500]");

        (await FindAsync(provider, lost)).ShouldBeNull();
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_MadeAtAnotherTime_IsNone()
    {
        var (provider, lost) = await LoseAsync("openai", "a lost storm [lab:create=reset_after_accept]");

        (await FindAsync(provider, lost, sentAt: DateTimeOffset.UtcNow.AddHours(-1))).ShouldBeNull();
        (await FindAsync(provider, lost, sentAt: DateTimeOffset.UtcNow.AddHours(1))).ShouldBeNull();
    }

    [Fact]
    public async Task Find_ServerThatEchoesNoPrompt_IsNone()
    {
        var (provider, lost) = await LoseAsync("sglang", "a lost storm [lab:create=reset_after_accept]");

        (await FindAsync(provider, lost)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_OnALaterPage_IsFound()
    {
        var (provider, lost) = await LoseAsync("vllm-omni", "a lost storm [lab:create=reset_after_accept]");
        for (var other = 0; other < 120; other++)
        {
            await provider.SubmitAsync(Scene.Submission(Ask("another")), Cancel);
        }

        (await FindAsync(provider, lost)).ShouldBe(Lab.Ledger.Creates[0].RemoteId);
        Lab.Traffic.Requests.Count(request => request.Path.Contains("after=", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("404")]
    [InlineData("403")]
    public async Task Find_ServerHasNoList_IsNone(string answer)
    {
        var (provider, lost) = await LoseAsync("openai", "a lost storm [lab:create=reset_after_accept]");
        Lab.PlayAlways(answer);

        (await FindAsync(provider, lost)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_ServerAsksToWait_TellsHowLong()
    {
        var (provider, lost) = await LoseAsync("openai", "a lost storm [lab:create=reset_after_accept]");
        Lab.PlayAlways("429:90");

        var outcome = await ((IReconcilingProvider)provider).FindAsync(lost, DateTimeOffset.UtcNow, _ => Task.FromResult(false), Cancel);

        outcome.ShouldBeOfType<FindOutcome.Unreachable>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(90));
    }

    private async Task<(IMediaProvider Provider, Submission Lost)> LoseAsync(string dialect, string prompt)
    {
        var provider = Connect(dialect);
        var lost = Scene.Submission(Ask(prompt));
        (await provider.SubmitAsync(lost, Cancel)).ShouldBeOfType<SubmitOutcome.Unknown>();
        return (provider, lost);
    }

    private static Task<string?> FindAsync(IMediaProvider provider, Submission lost, Func<string, bool>? isOwned = null, DateTimeOffset? sentAt = null) =>
        provider.ShouldBeAssignableTo<IReconcilingProvider>()!.FindAsync(lost, sentAt ?? DateTimeOffset.UtcNow, id => Task.FromResult(isOwned?.Invoke(id) ?? false), Cancel).IdAsync();
}
