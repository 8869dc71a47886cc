using System.Text.RegularExpressions;
using Kinora.Adapters.Providers.ContentArray;
using Kinora.Catalog;
using Kinora.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.ContentArray;

public sealed partial class ContentFidelityTests : FidelityScene
{
    private const string Full = "dreamina-seedance-2-5-260628";
    private const string H3 = "MiniMax-H3";

    [Fact]
    public async Task Ark_RequestsAreThoseOfTheAiSdk()
    {
        var address = new Uri(Lab.BaseUrl, "/ark/api/v3");
        await TheirsAsync("provider-ark.mjs", address);
        var theirs = SentRequests.Of(Lab, ArkId());
        Lab.Traffic.Reset();

        var provider = Connect(new ArkModule(), address);
        var first = await MakeAsync(provider, Full, Ask("a quiet harbour", new FrameSize(1280, 720), 4) with { Seed = 7 });
        await MakeAsync(provider, Full, Ask("from here to there", new FrameSize(1920, 1080), 5) with { FirstFrame = One, LastFrame = Two, Audio = false });
        await MakeAsync(provider, "dreamina-seedance-2-0-260128", Ask("these two dance", new FrameSize(640, 640), 4) with { References = [One, Two], Audio = true });
        await MakeAsync(provider, "seedance-1-0-pro-250528", Ask("it comes alive", new FrameSize(496, 864), 2) with { FirstFrame = One });
        await MakeAsync(provider, Full, Ask("add a scarf", new FrameSize(1280, 720), 4) with { Operation = Operation.Edit }, first);

        theirs.Count.ShouldBe(10);
        SentRequests.AreEqual(SentRequests.Of(Lab, ArkId()), theirs);
    }

    [Fact]
    public async Task Minimax_RequestsAreThoseOfTheAiSdk()
    {
        var address = new Uri(Lab.BaseUrl, "/minimax");
        await TheirsAsync("provider-minimax.mjs", address);
        var theirs = SentRequests.Of(Lab);
        Lab.Traffic.Reset();

        var provider = Connect(new MinimaxModule(), address);
        await MakeAsync(provider, H3, Ask("a quiet harbour", new FrameSize(1366, 768), 4));
        await MakeAsync(provider, H3, Ask("it comes alive", new FrameSize(768, 1366), 5) with { FirstFrame = One });
        await MakeAsync(provider, H3, Ask("from here to there", new FrameSize(2560, 1440), 4) with { FirstFrame = One, LastFrame = Two });
        await MakeAsync(provider, H3, Ask("these two dance", new FrameSize(2048, 2048), 4) with { References = [One, Two] });
        await MakeAsync(provider, "MiniMax-H3-Max", Ask("a small one", new FrameSize(640, 480), 5));

        theirs.Count.ShouldBe(10);
        SentRequests.AreEqual(SentRequests.Of(Lab), theirs);
    }

    private static GenerationRequest Ask(string prompt, FrameSize size, double seconds) => new() { Prompt = prompt, Size = size, Seconds = seconds };

    [GeneratedRegex("cgt-[0-9a-f-]{36}")]
    private static partial Regex ArkId();
}
