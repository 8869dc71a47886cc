using System.Text.RegularExpressions;
using Kinora.Adapters.Providers.OpenRouter;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenRouter;

public sealed partial class OpenRouterFidelityTests : FidelityScene
{
    private Uri Address => new(Lab.BaseUrl, "/openrouter/api/v1");

    [Fact]
    public async Task Requests_AreThoseOfTheirSdk()
    {
        await TheirsAsync("provider-openrouter.mjs", Address);
        var theirs = SentRequests.Of(Lab, Id());
        Lab.Traffic.Reset();

        var provider = Connect(new OpenRouterModule(), Address);
        await provider.ListModelsAsync(Cancel);
        await MakeAsync(provider, "lab/reel", Ask("a quiet harbour", new FrameSize(480, 480), 4) with { Seed = 7, Audio = false });
        await MakeAsync(provider, "lab/reel", Ask("from here to there", new FrameSize(1080, 1920), 5) with { FirstFrame = One, LastFrame = Two });
        await MakeAsync(provider, "lab/film", Ask("these two dance", new FrameSize(320, 180), 1) with { References = [One, Two] });
        await PaintAsync(provider, Ask("a fox", new FrameSize(1024, 1024), null));
        await PaintAsync(provider, Ask("a fox in snow", new FrameSize(1024, 1024), null) with
        {
            Count = 2,
            Seed = 7,
            Quality = "low",
            Background = "transparent",
            Format = "webp",
            References = [One],
        });

        SentRequests.AreEqual(SentRequests.Of(Lab, Id()), theirs);
        theirs.Count.ShouldBe(10);
    }

    private async Task PaintAsync(IMediaProvider provider, GenerationRequest request) =>
        (await provider.SubmitAsync(Scene.Submission(request with { Kind = MediaKind.Image }, "lab/painter"), Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();

    private static GenerationRequest Ask(string prompt, FrameSize size, double? seconds) => new() { Prompt = prompt, Size = size, Seconds = seconds };

    [GeneratedRegex("gen-vid-[0-9]+-[0-9a-f]{20}")]
    private static partial Regex Id();
}
