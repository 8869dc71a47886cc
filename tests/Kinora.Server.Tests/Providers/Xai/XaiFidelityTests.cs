using Kinora.Adapters.Providers.Xai;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
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

        await PaintAsync(provider, new() { Prompt = "a fox", Size = new FrameSize(1366, 1024), Count = 2, Quality = "low" });
        await PaintAsync(provider, new() { Prompt = "now in snow", Size = new FrameSize(1024, 1024), References = [One] });
        await PaintAsync(provider, new() { Prompt = "both together", References = [One, Two] });

        theirs.Count.ShouldBe(13);
        SentRequests.AreEqual(SentRequests.Of(Lab), theirs);
    }

    private async Task PaintAsync(IMediaProvider provider, GenerationRequest request) =>
        (await provider.SubmitAsync(Scene.Submission(request with { Kind = MediaKind.Image }, "grok-imagine-image-2.0"), Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();

    private static GenerationRequest Ask(string prompt, FrameSize size, double seconds) => new() { Prompt = prompt, Size = size, Seconds = seconds };
}
