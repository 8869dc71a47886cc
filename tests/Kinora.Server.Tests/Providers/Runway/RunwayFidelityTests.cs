using Kinora.Adapters.Providers.Runway;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Runway;

public sealed class RunwayFidelityTests : FidelityScene
{
    private static readonly FrameSize _wide = new(1280, 720);

    private Uri Address => new(Lab.BaseUrl, "/runway");

    [Fact]
    public async Task Requests_AreThoseOfTheirSdk()
    {
        await TheirsAsync("provider-runway.mjs", Address);
        var theirs = SentRequests.Of(Lab, null, "x-runway-version");
        Lab.Traffic.Reset();

        var provider = Connect(new RunwayModule(), Address);
        var first = await MakeAsync(provider, "gen4.5", Ask("a quiet harbour", _wide, 5) with { Seed = 7 });
        await MakeAsync(provider, "gen4_turbo", Ask("the boat leaves", new FrameSize(960, 960), 5) with { FirstFrame = One });
        await MakeAsync(provider, "veo3.1", Ask("from here to there", new FrameSize(1080, 1920), 4) with { FirstFrame = One, LastFrame = Two, Audio = false, NegativePrompt = "rain" });
        await MakeAsync(provider, "hailuo3", Ask("these two dance", new FrameSize(768, 1366), 6) with { References = [One, Two] });
        await MakeAsync(provider, "grok_imagine_1_5", Ask("a meadow", new FrameSize(480, 480), 3));
        await MakeAsync(provider, "wan3", Ask("the door opens", new FrameSize(1440, 1440), 5) with { FirstFrame = One, Audio = true });
        await MakeAsync(provider, "aleph2", Ask("add a scarf", _wide, 5) with { Operation = Operation.Edit }, first);
        await MakeAsync(provider, "seedance2_5", Ask("it flies away", _wide, 4) with { Operation = Operation.Extend }, first);
        await MakeAsync(provider, "seedance2_5", Ask("in winter", _wide, 5) with { Operation = Operation.Edit }, first);
        await StopAsync(provider, Scene.Submission(Ask("nobody wants it [lab:running=50]", new FrameSize(720, 1280), 2), "gen4.5"));

        SentRequests.AreEqual(SentRequests.Of(Lab, null, "x-runway-version"), theirs);
        theirs.Count.ShouldBe(21);
    }

    private async Task StopAsync(IMediaProvider provider, Submission submission)
    {
        var accepted = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        (await ((ICancellingProvider)provider).CancelAsync(Scene.Job(submission, accepted.RemoteId), Cancel)).ShouldBeTrue();
    }

    private static GenerationRequest Ask(string prompt, FrameSize size, double seconds) => new() { Prompt = prompt, Size = size, Seconds = seconds };
}
