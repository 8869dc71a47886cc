using Kinora.Adapters.Providers.Gemini;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Gemini;

public sealed class GeminiFidelityTests : FidelityScene
{
    private const string Full = "gemini-omni-1.2-flash";

    [Fact]
    public async Task Requests_AreThoseOfGooglesOwnSdk()
    {
        var address = new Uri(Lab.BaseUrl, "/gemini");
        await TheirsAsync("provider-gemini.mjs", address);
        var theirs = SentRequests.Of(Lab);
        Lab.Traffic.Reset();

        var provider = Connect(new GeminiModule(), address);
        var first = await MakeAsync(provider, Full, Ask("a quiet harbour", 4) with { Seed = 7 });
        await MakeAsync(provider, "gemini-omni-1.1-flash", Ask("from here to there", 3) with { Size = new FrameSize(360, 640), FirstFrame = One, LastFrame = Two });
        await MakeAsync(provider, Full, Ask("these two dance", 3) with { References = [One, Two] });
        await MakeAsync(provider, Full, Ask("add a scarf", 4) with { Operation = Operation.Edit }, first);
        await MakeAsync(provider, Full, Ask("it flies away", 5) with { Operation = Operation.Extend }, first);
        await MakeAsync(provider, Full, Ask("the same at night", 4) with { Operation = Operation.Remix }, first);
        var stopped = Scene.Submission(Ask("never mind [lab:queued=9]", 3), Full);
        var job = Scene.Job(stopped, (await provider.SubmitAsync(stopped, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);
        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeTrue();

        theirs.Count.ShouldBe(14);
        SentRequests.AreEqual(SentRequests.Of(Lab), theirs);
    }

    private static GenerationRequest Ask(string prompt, double seconds) => new() { Prompt = prompt, Size = new FrameSize(1280, 720), Seconds = seconds };
}
