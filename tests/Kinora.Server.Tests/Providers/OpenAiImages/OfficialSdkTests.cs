using System.Text.RegularExpressions;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Tests.Mcp;
using Kinora.Sessions;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiImages;

/// <summary>
/// What goes over the wire is what the vendor's own client sends for the same wishes. Ours on purpose, and so not compared: the names of files (a caller's names
/// stay here), <c>Idempotency-Key</c> (Kinora's own gateway honours it), and who we say we are (<c>User-Agent</c>, <c>X-Stainless-*</c>).
/// </summary>
public sealed partial class OfficialSdkTests : PictureScene
{
    private static readonly FrameSize _square = new(1024, 1024);

    [Fact]
    public async Task Requests_AreThoseOfTheOfficialClient()
    {
        var theirs = await TheirsAsync();
        Lab.Traffic.Reset();
        var ours = await OursAsync();

        ours.Count.ShouldBe(theirs.Count);
        theirs.Count.ShouldBe(14);
        foreach (var (our, their) in ours.Zip(theirs))
        {
            our.ShouldBe(their);
        }
    }

    private async Task<List<string>> TheirsAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kinora-sdk-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "one.png"), await PngAsync(width: 64), Cancel);
            await File.WriteAllBytesAsync(Path.Combine(folder, "two.png"), await PngAsync(width: 80), Cancel);
            await File.WriteAllBytesAsync(Path.Combine(folder, "mask.png"), await PngAsync(transparent: true), Cancel);
            var run = await NodeClients.RunAsync("openai-images.mjs", [new Uri(Lab.BaseUrl, "/openai/v1").ToString(), folder], Cancel, ("OPENAI_API_KEY", Key));
            run.ExitCode.ShouldBe(0, run.Everything);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Seen();
    }

    private async Task<List<string>> OursAsync()
    {
        var provider = Connect();
        var (one, two, mask) = (await PictureAsync(width: 64), await PictureAsync(width: 80), await PictureAsync(transparent: true));
        var session = SessionId.New(new Kinora.Jobs.SystemRandomBytes());
        const string Mainline = "gpt-5.6-sol";

        await DoneAsync(provider, Ask("a red house"));
        await DoneAsync(
            provider,
            Ask("a red house; 狐") with { Count = 2, Size = new FrameSize(1536, 1024), Quality = "low", Background = "transparent", Format = "webp" },
            "gpt-image-2.6-flare");
        await DoneAsync(provider, Ask("make it blue") with { References = [one] });
        await DoneAsync(
            provider,
            Ask("put one into the other") with { References = [one, two], Mask = mask, Count = 2, Size = _square, Quality = "high", Background = "opaque", Format = "jpeg" });

        var first = await TurnAsync(provider, Ask("a red house [lab:queued=0,running=1]") with
        {
            Session = session,
            Instructions = "A children's book.",
            Size = _square,
            Quality = "low",
            Background = "opaque",
            Format = "png",
        });
        var (second, end) = await TurnAsync(provider, Ask("make the roof blue [lab:picture=two,queued=0,running=0]") with { Session = session }, first.Source);
        var earlier = Ask("add a tree") with { Session = session, SourceIndex = 1 };
        await AcceptedAsync(provider, Scene.Submission(earlier, source: second with { RemoteOutputId = end.Outputs[1].Id }));
        await AcceptedAsync(provider, Scene.Submission(Ask("and now this") with { References = [two], Mask = mask }, Mainline));
        await AcceptedAsync(provider, Scene.Submission(Ask("better contrast") with { References = [one], Analyze = true }, Mainline));

        var running = Scene.Submission(Ask("a harbour [lab:running=50]"), Mainline);
        var accepted = await AcceptedAsync(provider, running);
        (await provider.ShouldBeAssignableTo<ICancellingProvider>()!.CancelAsync(Scene.Job(running, accepted.RemoteId, accepted.RemoteData), Cancel)).ShouldBeTrue();
        (await provider.SubmitAsync(Scene.Submission(Ask("x [lab:create=moderation]")), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>();
        return Seen();
    }

    private async Task DoneAsync(IMediaProvider provider, GenerationRequest request, string? model = null) =>
        (await provider.SubmitAsync(Scene.Submission(request, model), Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();

    private List<string> Seen() => SentRequests.Of(Lab, Id(), "accept");

    [GeneratedRegex("(resp|ig)_[0-9a-f]{32}")]
    private static partial Regex Id();
}
