using Kinora.Adapters.Providers.Xai;
using Kinora.Catalog;
using Kinora.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Xai;

public sealed class XaiFidelityTests : FidelityScene
{
    private const string Full = XaiModels.Full;

    private Uri Address => new(Lab.BaseUrl, "/xai/v1");

    [Fact]
    public async Task Requests_AreThoseOfTheAiSdk()
    {
        await TheirsAsync("provider-xai.mjs", Address);
        var theirs = SentRequests.Of(Lab);
        Lab.Traffic.Reset();

        var provider = Connect(new XaiModule(), Address);
        var first = await MakeAsync(provider, Full, Ask("a quiet harbour", new FrameSize(854, 480), 2));
        await MakeAsync(provider, Full, Ask("from here to there", new FrameSize(1080, 1920), 3) with { FirstFrame = One, LastFrame = Two, Audio = false });
        await MakeAsync(provider, "grok-imagine-video", Ask("these two dance", new FrameSize(720, 720), 1) with { References = [One, Two], Audio = true });
        await MakeAsync(provider, Full, Ask("add a scarf", new FrameSize(854, 480), 2) with { Operation = Operation.Edit }, first);
        await MakeAsync(provider, Full, Ask("it flies away", new FrameSize(854, 480), 4) with { Operation = Operation.Extend }, first);

        theirs.Count.ShouldBe(10);
        SentRequests.AreEqual(SentRequests.Of(Lab), theirs);
    }

    private static GenerationRequest Ask(string prompt, FrameSize size, double seconds) => new() { Prompt = prompt, Size = size, Seconds = seconds };
}
