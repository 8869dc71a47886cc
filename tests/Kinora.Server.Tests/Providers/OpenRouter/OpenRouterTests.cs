using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Kinora.Adapters.Providers.OpenRouter;
using Kinora.Catalog;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenRouter;

/// <summary>What is particular about OpenRouter.</summary>
public sealed class OpenRouterTests : FidelityScene
{
    private static readonly OpenRouterModule _module = new();

    private Uri Address => new(Lab.BaseUrl, "/openrouter/api/v1");

    [Fact]
    public async Task Models_AreThoseOfItsOwnLists()
    {
        var models = (await Connect(_module, Address).ListModelsAsync(Cancel)).ToDictionary(model => model.Name);

        models.Keys.ShouldBe(["lab/reel", "lab/film", "lab/painter"], ignoreOrder: true);
        var reel = models["lab/reel"];
        reel.Durations!.Allowed.ShouldBe([4, 5, 8]);
        reel.Sizes!.Allowed.Count.ShouldBe(9);
        reel.Sizes.Default.ShouldBe(new FrameSize(1280, 720));
        (reel.FirstFrame, reel.LastFrame, reel.Seed, reel.Audio).ShouldBe((true, true, true, AudioRule.Switch));
        reel.Price!.Estimate(new FrameSize(854, 480), 10, 1).ShouldBe(1m);
        reel.Price.Estimate(new FrameSize(1920, 1080), 10, 1).ShouldBe(4m);
        models["lab/film"].ShouldSatisfyAllConditions(
            film => film.Price.ShouldBeNull("one key of its price is not understood"),
            film => (film.FirstFrame, film.LastFrame, film.Seed, film.Audio).ShouldBe((true, false, false, AudioRule.None)),
            film => film.Sizes!.Allowed.ShouldContain(new FrameSize(320, 180)));
        models["lab/painter"].Image!.ShouldSatisfyAllConditions(
            can => (can.MaxCount, can.MaxInputs, can.Mask, can.Transparent, can.ChoosesSize).ShouldBe((4, 3, false, true, true)),
            can => can.Formats.ShouldBe(["png", "webp"]),
            can => can.Qualities.ShouldBe(["low", "high"]));
    }

    [Fact]
    public async Task Models_AfterARestartWithoutNetwork_AreStillKnown()
    {
        var folder = Directory.CreateTempSubdirectory("kinora-router-");
        try
        {
            var known = await Connect(folder).ListModelsAsync(Cancel);
            while (!File.Exists(Path.Combine(folder.FullName, "models-lab.json")))
            {
                await Task.Delay(10, Cancel);
            }

            Lab.PlayAlways("503");
            var again = Connect(folder);

            (await again.ListModelsAsync(Cancel)).Select(model => model.Id).ShouldBe(known.Select(model => model.Id));
            (await again.DescribeAsync("lab/reel", Cancel))!.Price.ShouldNotBeNull();
            (await again.DescribeAsync("lab/other", Cancel)).ShouldBeNull();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Models_NothingLearned_NamesArePassedOn()
    {
        Lab.PlayAlways("503");

        (await Connect(_module, Address).DescribeAsync("lab/other", Cancel))!.Id.ShouldBe("lab/lab/other");
    }

    [Fact]
    public async Task Models_OneRowIsNonsense_TheOthersCount()
    {
        const string videos = """
            {"data":[5,null,[],{},{"id":7,"upscale_factor":{}},{"id":"two words"},{"id":"\ud800"},
             {"id":"a/odd","name":["x"],"supported_sizes":"no","supported_durations":{"a":1},"supported_frame_images":[1,"last_frame"],"seed":"yes","generate_audio":5,"pricing_skus":[1]}]}
            """;
        const string pictures = """
            {"data":[{"id":"a/odd"},{"id":"a/paint","supported_parameters":{"n":7,"output_format":{"values":["gif",5]},"quality":5,"input_references":{"max":1e999}}}]}
            """;
        await using var server = await OneAnswer.StartAsync(path => (path.StartsWith("/videos", StringComparison.Ordinal) ? videos : pictures, 200));

        var models = await Connect(_module, server.BaseUrl).ListModelsAsync(Cancel);

        models.Select(model => model.Id).ShouldBe(["lab/a/odd", "lab/a/paint"]);
        var odd = models[0];
        (odd.Title, odd.Durations, odd.Sizes, odd.FirstFrame, odd.LastFrame, odd.Seed, odd.Audio, odd.Price).ShouldBe(("a/odd", null, null, false, true, false, AudioRule.Unknown, null));
        models[1].Image!.ShouldSatisfyAllConditions(
            can => (can.MaxCount, can.MaxInputs).ShouldBe((1, 16)),
            can => can.Formats.ShouldBe(["png"]),
            can => can.Qualities.ShouldBeEmpty());
    }

    public static TheoryData<string, string?> Skus => new()
    {
        { """{"duration_seconds":"0.13","reference_images":"0.04"}""", "0.13 +0.04" },
        { """{"cents_per_video_output_second_480p":"4","cents_per_video_output_second_720p":"8"}""", "0.04 720:0.08 +0" },
        { """{"cents_per_second_output":"12"}""", "0.12 +0" },
        { """{"text_to_video_duration_seconds_720p":"0.1","image_to_video_duration_seconds_720p":"0.2"}""", "0.2 +0" },
        { """{"duration_seconds_with_audio":"0.4","duration_seconds_without_audio":"0.2","duration_seconds_with_audio_4k":0.6}""", "0.4 2160:0.6 +0" },
        { """{"duration_seconds_without_audio":"0.2"}""", "0.2 +0" },
        { """{"video_tokens":"0.0000024"}""", null },
        { """{"duration_seconds":"0.1","minimum_cents_per_generation":"50"}""", null },
        { """{"duration_seconds":"much"}""", null },
        { """{"duration_seconds":"-1"}""", null },
        { "{}", null },
    };

    [Theory]
    [MemberData(nameof(Skus))]
    public void Price_OfSkus_IsThatOfASecondOrUnknown(string skus, string? expected)
    {
        var model = JsonElement.Parse($$"""{"pricing_skus":{{skus}}}""");

        var price = OpenRouterPrices.Read(model, new DateOnly(2026, 11, 22));

        var said = price is null ? null : FormattableString.Invariant($"{price.Usd:0.##}{string.Concat(price.Larger.Select(step => FormattableString.Invariant($" {step.Side}:{step.Usd:0.##}")))} +{price.UsdPerInput:0.##}");
        said.ShouldBe(expected);
    }

    [Fact]
    public async Task SignedLink_GetsNoKey()
    {
        var provider = Connect(_module, Address);
        var (job, output) = await MadeAsync(provider, "signed [lab:inline=1,queued=0,running=0]");

        output.Url.ShouldNotBeNull().ShouldContain("/lab/files/");
        var opened = (await provider.OpenAsync(job, output, 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();
        await opened.Body.DisposeAsync();

        Lab.Traffic.Sent.Last(sent => sent.Path.StartsWith("/lab/files/", StringComparison.Ordinal)).Headers.ContainsKey("authorization").ShouldBeFalse();
        using var client = new HttpClient();
        using var withKey = new HttpRequestMessage(HttpMethod.Get, output.Url) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };
        (await client.SendAsync(withKey, Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "the lab turns a signed link with a key away");
    }

    [Fact]
    public async Task SignedLink_Dead_TheContentPathIsTaken()
    {
        var provider = Connect(_module, Address);
        var (job, output) = await MadeAsync(provider, "signed [lab:inline=1,queued=0,running=0,content=expired*1]");

        var opened = (await provider.OpenAsync(job, output, 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();
        await opened.Body.DisposeAsync();

        Lab.Traffic.Sent[^1].Path.ShouldEndWith("/content?index=0");
    }

    [Theory]
    [InlineData("""{"polling_url":"/openrouter/api/v1/videos/at-home"}""", "/openrouter/api/v1/videos/at-home")]
    [InlineData("""{"polling_url":"http://127.0.0.1:9/steal"}""", "/openrouter/api/v1/videos/x")]
    [InlineData("""{"polling_url":"/lab/ledger"}""", "/openrouter/api/v1/videos/x")]
    [InlineData("""{"polling_url":null}""", "/openrouter/api/v1/videos/x")]
    [InlineData(null, "/openrouter/api/v1/videos/x")]
    public async Task PollingUrl_IsFollowedBelowTheConfiguredAddressOnly(string? note, string path)
    {
        await Connect(_module, Address).CheckAsync(Scene.Job(Scene.Submission(Ask("x")), "x", note), new Progress<double>(), Cancel);

        Lab.Traffic.Sent.ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Fact]
    public async Task Finished_TellsTheBill()
    {
        var provider = Connect(_module, Address);
        var submission = Scene.Submission(Ask("a bill [lab:queued=0,running=0]"), "lab/film");
        var accepted = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();

        (await provider.CheckAsync(Scene.Job(submission, accepted.RemoteId, accepted.RemoteData), new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Finished>().CostUsd.ShouldBe(0.1m);
        var image = Ask("a bill") with { Kind = MediaKind.Image, Seconds = null, Size = null };
        (await provider.SubmitAsync(Scene.Submission(image, "lab/painter"), Cancel)).ShouldBeOfType<SubmitOutcome.Finished>().CostUsd.ShouldBe(0.04m);
    }

    [Fact]
    public async Task Pictures_LostHere_CannotBeHadAgain()
    {
        var image = Ask("x") with { Kind = MediaKind.Image };

        (await Connect(_module, Address).CheckAsync(Scene.Job(Scene.Submission(image), "x"), new Progress<double>(), Cancel))
            .ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.AssetMissing);
    }

    [Theory]
    [InlineData("https://kinora.example/callbacks/1/secret", true)]
    [InlineData("http://kinora.example/callbacks/1/secret", false)]
    public async Task CallbackUrl_IsGivenWhenItIsHttps(string address, bool given)
    {
        var provider = Connect(_module, Address);

        await provider.SubmitAsync(Scene.Submission(Ask("call me"), "lab/film") with { CallbackUrl = new Uri(address) }, Cancel);

        Lab.Traffic.Sent[^1].Json!["callback_url"]?.ToString().ShouldBe(given ? address : null);
        (await ((ICallbackProvider)provider).JudgeAsync(new CallbackMessage(new Dictionary<string, string>(), default), Cancel)).ShouldBeOfType<CallbackVerdict.Look>();
    }

    [Fact]
    public async Task Submit_FramesAndReferences_IsRefusedUnsent()
    {
        var request = Ask("x") with { FirstFrame = One, References = [Two] };

        (await Connect(_module, Address).SubmitAsync(Scene.Submission(request), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    private IMediaProvider Connect(DirectoryInfo folder) =>
        _module.Create(new ProviderSettings { Name = "lab", Kind = _module.Kind, BaseUrl = Address, ApiKey = Key }, new Services(new DataFolder(folder.FullName)));

    private async Task<(RemoteJob Job, RemoteOutput Output)> MadeAsync(IMediaProvider provider, string prompt)
    {
        var submission = Scene.Submission(Ask(prompt), "lab/film");
        var accepted = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        var job = Scene.Job(submission, accepted.RemoteId, accepted.RemoteData);
        return (job, (await provider.CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Finished>().Outputs[0]);
    }

    private static GenerationRequest Ask(string prompt) => new() { Prompt = prompt, Size = new FrameSize(320, 180), Seconds = 1 };

    private sealed class Services(DataFolder data) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(DataFolder) ? data : null;
    }
}
