using Kinora.Adapters.Providers.Fal;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Fal;

public sealed class FalFidelityTests : FidelityScene
{
    private static readonly FrameSize _small = new(640, 360);

    private Uri Address => new(Lab.BaseUrl, "/fal");

    [Fact]
    public async Task Requests_AreThoseOfFalsClient()
    {
        await TheirsAsync("provider-fal.mjs", Address);
        var theirs = SentRequests.Of(Lab);
        Lab.Traffic.Reset();

        var provider = Connect(new FalModule(), Address);
        await MakeAsync(provider, "fal-ai/veo3.1", Ask("a quiet harbour", new FrameSize(720, 1280), 4) with { Audio = false, NegativePrompt = "people", Seed = 7 });
        await MakeAsync(provider, "fal-ai/veo3.1", Ask("from here to there", new FrameSize(1280, 720), 4) with { FirstFrame = One, LastFrame = Two });
        await MakeAsync(provider, "fal-ai/kling-video/v3/standard", Ask("it moves", new FrameSize(1280, 720), 3) with { FirstFrame = One, Audio = true });
        await MakeAsync(provider, "fal-ai/kling-video/v2.5-turbo/pro", Ask("there and back", new FrameSize(1920, 1080), 5) with { FirstFrame = One, LastFrame = Two });
        await CallBackAsync(provider, "fal-ai/pixverse/v6", Ask("a lighthouse", _small, 1) with { Seed = 9 });
        await MakeAsync(provider, "xai/grok-imagine-video", Ask("these two dance", new FrameSize(480, 480), 1) with { References = [One, Two] });
        await MakeAsync(provider, "fal-ai/minimax/hailuo-2.3/pro", Ask("rain", new FrameSize(1920, 1080), 6));
        await MakeAsync(provider, "fal-ai/bytedance/seedream/v4.5", Picture("two boats", new FrameSize(2048, 2048)) with { Count = 2, Seed = 3 });
        await MakeAsync(provider, "fal-ai/qwen-image-2", Picture("make it night", new FrameSize(1024, 1024)) with { References = [One, Two], Format = "webp", NegativePrompt = "stars" });
        await StopAsync(provider, "fal-ai/pixverse/v6", Ask("stop this", _small, 1));

        theirs.Count.ShouldBe(29);
        SentRequests.AreEqual(SentRequests.Of(Lab), theirs);
    }

    private async Task CallBackAsync(IMediaProvider provider, string model, GenerationRequest request)
    {
        var submission = Scene.Submission(request, model) with { CallbackUrl = new Uri("https://kinora.example/callbacks/1?x=y&z=1") };
        var accepted = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        while (await provider.CheckAsync(Scene.Job(submission, accepted.RemoteId, accepted.RemoteData), new Progress<double>(), Cancel) is CheckOutcome.Running)
        {
        }
    }

    private async Task StopAsync(IMediaProvider provider, string model, GenerationRequest request)
    {
        var submission = Scene.Submission(request, model);
        var accepted = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        (await ((ICancellingProvider)provider).CancelAsync(Scene.Job(submission, accepted.RemoteId, accepted.RemoteData), Cancel)).ShouldBeTrue();
    }

    private static GenerationRequest Ask(string prompt, FrameSize size, double seconds) => new() { Prompt = prompt, Size = size, Seconds = seconds };

    private static GenerationRequest Picture(string prompt, FrameSize size) => new() { Kind = MediaKind.Image, Prompt = prompt, Size = size };
}
