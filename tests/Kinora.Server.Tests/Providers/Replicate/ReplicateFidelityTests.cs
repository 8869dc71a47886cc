using Kinora.Adapters.Providers.Replicate;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Replicate;

public sealed class ReplicateFidelityTests : FidelityScene
{
    private const string Lite = "bytedance/seedance-1-lite";

    private static readonly FrameSize _small = new(854, 480);

    private Uri Address => new(Lab.BaseUrl, "/replicate/v1");

    [Fact]
    public async Task Requests_AreThoseOfReplicatesClient()
    {
        await TheirsAsync("provider-replicate.mjs", Address);
        var theirs = SentRequests.Of(Lab);
        Lab.Traffic.Reset();

        var provider = Connect(new ReplicateModule(), Address);
        await MakeAsync(provider, "google/veo-3.1", Ask("from here to there", new FrameSize(720, 1280), 4) with { FirstFrame = One, LastFrame = Two, Audio = false, NegativePrompt = "people", Seed = 7 });
        await SubmitAsync(provider, Ask("a lighthouse", _small, 2), new Uri("https://kinora.example/callbacks/1?x=y"));
        await MakeAsync(provider, "minimax/hailuo-2.3", Ask("rain", new FrameSize(1366, 768), 6) with { FirstFrame = One });
        await MakeAsync(provider, "kwaivgi/kling-v2.5-turbo-pro", Ask("it moves", new FrameSize(1080, 1080), 5) with { FirstFrame = One });
        await MakeAsync(provider, "google/nano-banana-2", new GenerationRequest { Kind = MediaKind.Image, Prompt = "make it night", Size = new FrameSize(1536, 1024), References = [One, Two], Format = "jpeg" });
        await MakeAsync(provider, "someone/model:" + new string('a', 64), Ask("by version", _small, 1));
        var job = await SubmitAsync(provider, Ask("stop this", _small, 2), null);
        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeTrue();
        await ((ICallbackProvider)provider).JudgeAsync(new CallbackMessage(new Dictionary<string, string>(), default), Cancel);

        theirs.Count.ShouldBe(15);
        SentRequests.AreEqual(SentRequests.Of(Lab), theirs);
    }

    /// <summary>Makes it; looked at to its end where a callback was wanted.</summary>
    private async Task<RemoteJob> SubmitAsync(IMediaProvider provider, GenerationRequest request, Uri? callback)
    {
        var submission = Scene.Submission(request, Lite) with { CallbackUrl = callback };
        var job = Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);
        while (callback is not null && await provider.CheckAsync(job, new Progress<double>(), Cancel) is CheckOutcome.Running)
        {
        }

        return job;
    }

    private static GenerationRequest Ask(string prompt, FrameSize size, double seconds) => new() { Prompt = prompt, Size = size, Seconds = seconds };
}
