using System.Text;
using Kinora.Adapters.Providers.Fal;
using Kinora.Adapters.Providers.Replicate;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Tasks;

/// <summary>Hosted models are data, an operator's own as well: what his file says of a model is what is offered and what is sent; what is wrong with it is told by field.</summary>
public sealed class ModelsFileTests : FidelityScene
{
    private const string Good = """
        {
          "source": "https://fal.example/new-video", "read": "2026-11-22",
          "models": [
            // One that the program does not know.
            {
              "name": "someone/new-video", "title": "New video",
              "inputs": { "seed": "noise_seed", "seconds": "length", "secondsForm": "textWithUnit", "ratio": "shape" },
              "fromFirst": { "path": "/animate", "firstFrame": "start_image", "ratio": null },
              "fromPictures": { "path": "someone/else/by-reference", "references": "guides" }, "maxReferences": 2,
              "ratios": ["16:9", "1:1"], "resolutions": [{ "side": 720 }],
              "durations": { "oneOf": [4, 8], "usual": 4 },
              "price": { "usd": 0.05, "per": "second" }
            },
            // One that it does.
            { "name": "fal-ai/qwen-image-2", "kind": "image", "inputs": { "count": "n", "size": "pixels" }, "image": { "maxCount": 6 }, "sizes": { "oneOf": ["512x512", "768x768"], "usual": "768x768" } },
          ],
        }
        """;

    [Fact]
    public async Task Model_OfTheFile_IsOfferedAndSentAsItSays()
    {
        var provider = Connect(new FalModule(), new Uri(Lab.BaseUrl, "/fal"), null, ("ModelsFile", Write(Good)));
        var row = (await provider.DescribeAsync("someone/new-video", Cancel)).ShouldNotBeNull();

        row.Title.ShouldBe("New video");
        row.Sizes.ShouldNotBeNull().Allowed.ShouldBe([new FrameSize(1280, 720), new FrameSize(720, 720)]);
        row.Durations.ShouldNotBeNull().Allowed.ShouldBe([4, 8]);
        (row.FirstFrame, row.LastFrame, row.MaxReferences, row.Seed, row.NegativePrompt, row.Audio).ShouldBe((true, false, 2, true, false, AudioRule.None));
        row.Price.ShouldNotBeNull().Usd.ShouldBe(0.05m);
        (row.Source, row.SourceDate).ShouldBe(("https://fal.example/new-video", new DateOnly(2026, 11, 22)));

        var wish = new GenerationRequest { Prompt = "a storm", Size = new FrameSize(1280, 720), Seconds = 8, Seed = 7 };
        await MakeAsync(provider, "someone/new-video", wish);
        await MakeAsync(provider, "someone/new-video", wish with { FirstFrame = One });
        await MakeAsync(provider, "someone/new-video", wish with { References = [One, Two] });

        var sent = Lab.Traffic.Sent.Where(request => request.Json?["prompt"] is not null).ToList();
        sent.Select(request => request.Path).ShouldBe(["/fal/someone/new-video", "/fal/someone/new-video/animate", "/fal/someone/else/by-reference"]);
        sent[0].Json!.ToJsonString().ShouldBe("""{"prompt":"a storm","noise_seed":7,"length":"8s","shape":"16:9"}""");
        sent[1].Json!.AsObject().Select(field => field.Key).ShouldBe(["prompt", "noise_seed", "start_image", "length"]);
        sent[2].Json!["guides"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Model_WithoutLinks_IsFoundWhereItWasMade()
    {
        var provider = Connect(new FalModule(), new Uri(Lab.BaseUrl, "/fal"), null, ("ModelsFile", Write(Good)));
        var submission = Scene.Submission(new GenerationRequest { Prompt = "a storm", References = [One] }, "someone/new-video");
        var id = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId;

        (await provider.CheckAsync(Scene.Job(submission, id), new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Running>();

        Lab.Traffic.Requests[^1].Path.ShouldStartWith("/fal/someone/else/requests/");
    }

    [Fact]
    public async Task Route_AtReplicate_MayBeAnotherModelOrAVersion()
    {
        var version = new string('a', 64);
        var file = $$"""
            {
              "source": "a page", "read": "2026-11-22",
              "models": [{ "name": "someone/video", "inputs": { "seconds": "duration" }, "fromFirst": { "path": "someone/animator", "firstFrame": "start" }, "fromPictures": { "path": "someone/video:{{version}}", "references": "guides" }, "maxReferences": 1 }]
            }
            """;
        var provider = Connect(new ReplicateModule(), new Uri(Lab.BaseUrl, "/replicate/v1"), null, ("ModelsFile", Write(file)));

        await MakeAsync(provider, "someone/video", new GenerationRequest { Prompt = "a storm" });
        await MakeAsync(provider, "someone/video", new GenerationRequest { Prompt = "a storm", FirstFrame = One });
        await MakeAsync(provider, "someone/video", new GenerationRequest { Prompt = "a storm", References = [One] });

        var sent = Lab.Traffic.Sent.Where(request => request.Json?["input"] is not null).ToList();
        sent.Select(request => request.Path).ShouldBe(["/replicate/v1/models/someone/video/predictions", "/replicate/v1/models/someone/animator/predictions", "/replicate/v1/predictions"]);
        sent[2].Json!["version"]!.ToString().ShouldBe(version);
    }

    [Fact]
    public async Task Model_OfBoth_IsAsTheFileSays()
    {
        var provider = Connect(new FalModule(), new Uri(Lab.BaseUrl, "/fal"), null, ("ModelsFile", Write(Good)));
        var models = await provider.ListModelsAsync(Cancel);

        models.Select(model => model.Name).ShouldBeUnique();
        models[0].Name.ShouldBe("fal-ai/veo3.1", "what the program knows comes first");
        models.Single(model => model.Name == "fal-ai/qwen-image-2").Image.ShouldNotBeNull().MaxCount.ShouldBe(6);
        (await provider.SubmitAsync(Scene.Submission(new GenerationRequest { Kind = MediaKind.Image, Prompt = "a boat", References = [One] }, "fal-ai/qwen-image-2"), Cancel))
            .ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel, "it has no route for pictures any more");
    }

    /// <summary>What is changed in the good file, into what, and what is said.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "\"read\": \"2026-11-22\",", "", "read is missing: a day written 2026-11-21" },
        { "\"source\": \"https://fal.example/new-video\",", "", "source is missing" },
        { "\"name\": \"someone/new-video\"", "\"name\": \"new video\"", "models[0].name must be owner/app or owner/app/path" },
        { "\"path\": \"/animate\"", "\"path\": \"/../animate\"", "models[0].fromFirst.path must be owner/app or owner/app/path, or what comes behind the model's name" },
        { "\"firstFrame\": \"start_image\"", "\"first_frame\": \"start_image\"", "models[0].fromFirst.first_frame is not known; allowed here: path, prompt, negativePrompt" },
        { "\"seed\": \"noise_seed\"", "\"seed\": 7", "models[0].inputs.seed must be a text" },
        { "\"textWithUnit\"", "\"minutes\"", "models[0].inputs.secondsForm must be one of number, text, textWithUnit" },
        { "\"fal-ai/qwen-image-2\"", "\"someone/new-video\"", "models must be a list that names someone/new-video once" },
        { "\"16:9\", ", "\"wide\", ", "models[0].ratios must be a list of ratios such as 16:9" },
        { ", \"resolutions\": [{ \"side\": 720 }]", "", "models[0].resolutions must be there where the other of ratios and resolutions is" },
        { "\"usual\": 4", "\"usual\": 5", "models[0].durations.usual must be one of the allowed lengths" },
        { "{ \"oneOf\": [4, 8], \"usual\": 4 }", "{ \"from\": 8, \"to\": 4, \"usual\": 4 }", "models[0].durations.to must be not less than from" },
        { "\"usd\": 0.05", "\"usd\": \"cheap\"", "models[0].price.usd must be a number from 0 to 10000" },
        { "\"usual\": \"768x768\"", "\"usual\": \"1024x1024\"", "models[1].sizes.usual must be one of the allowed sizes" },
        { "\"kind\": \"image\"", "\"kind\": \"sound\"", "models[1].kind must be one of video, image" },
        { "\"inputs\": { \"count\": \"n\", \"size\": \"pixels\" }, ", "", "models[1].inputs is missing: an object" },
        { "\"models\": [", "\"models\": [[], ", "models[0] must be an object" },
        { "\"firstFrame\": \"start_image\", ", "", "models[0].fromFirst must be there only where an input is named for it: firstFrame" },
        { "\"references\": \"guides\" }", "\"path\": \"/x\" }", "a field stands twice" },
        { ", \"references\": \"guides\" }", " }", "models[0].fromPictures must be there only where an input is named for it: references" },
        { "\"fromPictures\": { \"path\": \"someone/else/by-reference\", \"references\": \"guides\" }, ", "", "models[0].maxReferences must be there only where" },
        { "\"seconds\": \"length\", ", "", "models[0].durations must be there only where an input is named for it: seconds" },
        { ", \"ratio\": \"shape\"", "", "models[0].ratios must be there only where an input is named for it: ratio or size" },
        { "[{ \"side\": 720 }]", "[{ \"word\": \"low\", \"side\": 720 }, { \"word\": \"high\", \"side\": 1080 }]", "models[0].resolutions must be there only where an input is named for it: resolution or size" },
        { "\"ratio\": \"shape\"", "\"ratio\": \"shape\", \"resolution\": \"lines\"", "models[0].resolutions must be a list in which each has its word" },
        { ", \"size\": \"pixels\"", "", "models[1].sizes must be there only where an input is named for it: size" },
        { "\"count\": \"n\", ", "", "models[1].image.maxCount must be there only where an input is named for it: count" },
        { "[4, 8]", "[4, 8, 1e999]", "models[0].durations.oneOf must be a list of numbers above 0, at most 3600" },
        { "\"per\": \"second\"", "\"per\": \"image\"", "models[0].price.per must be one of second, job" },
        { "\"usd\": 0.05, ", "\"usd\": 0.05, \"larger\": [{ \"side\": 1080, \"usd\": 0.1, \"for\": 1 }], ", "models[0].price.larger[0].for is not known; allowed here: side, usd" },
        { "\"source\": \"https", "\"source\" \"https", "it is no JSON; line 2 is wrong" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void File_ThatIsWrong_IsToldByFieldAndWhatIsAllowed(string from, string to, string said)
    {
        Good.ShouldContain(from);
        var faults = new FalModule().Check(Settings("fal", Write(Good.Replace(from, to, StringComparison.Ordinal))));

        faults.ShouldContain(fault => fault.StartsWith($"Providers:mine:ModelsFile (own.json): {said}", StringComparison.Ordinal), string.Join('\n', faults));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void File_WithoutAName_IsTold(string path) => new FalModule().Check(Settings("fal", path)).ShouldBe(["Providers:mine:ModelsFile is no path of a file."]);

    [Fact]
    public async Task Price_OfLargerFrames_CountsInWhateverOrderItStands()
    {
        var file = Write(Good.Replace("\"usd\": 0.05, ", "\"usd\": 0.05, \"larger\": [{ \"side\": 1080, \"usd\": 0.2 }, { \"side\": 720, \"usd\": 0.1 }], ", StringComparison.Ordinal));
        var provider = Connect(new FalModule(), new Uri(Lab.BaseUrl, "/fal"), null, ("ModelsFile", file));

        (await provider.DescribeAsync("someone/new-video", Cancel)).ShouldNotBeNull().Price.ShouldNotBeNull().Estimate(new FrameSize(1920, 1080), 10, 0).ShouldBe(2m);
    }

    [Fact]
    public void File_WithoutModels_IsTold() => new FalModule().Check(Settings("fal", Write("""{ "source": "a page", "read": "2026-11-22", "models": [] }""")))
        .ShouldBe(["Providers:mine:ModelsFile (own.json): models must be a list with a model."]);

    [Fact]
    public void File_ThatIsAway_IsTold() => new ReplicateModule().Check(Settings("replicate", "/nowhere/none.json"))
        .ShouldBe(["Providers:mine:ModelsFile: there is no such file."]);

    [Fact]
    public void File_OfAnotherHost_IsHeldAgainstItsOwnNames() => new ReplicateModule().Check(Settings("replicate", Write(Good)))
        .ShouldContain("Providers:mine:ModelsFile (own.json): models[0].fromFirst.path must be owner/name or owner/name:version, or what comes behind the model's name, with a / before it.");

    private static ProviderSettings Settings(string kind, string file) =>
        new() { Name = "mine", Kind = kind, ApiKey = "key", Extra = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["ModelsFile"] = file } };

    private string Write(string text) => Scene.Write("own.json", Encoding.UTF8.GetBytes(text));
}
