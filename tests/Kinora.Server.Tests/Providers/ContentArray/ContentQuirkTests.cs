using System.Text;
using System.Text.Json;
using Kinora.Adapters.Providers.ContentArray;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.ContentArray;

/// <summary>What the two vendors of content arrays do otherwise than all others.</summary>
public sealed class ContentQuirkTests : FidelityScene
{
    private const string Full = "dreamina-seedance-2-5-260628";
    private const string H3 = "MiniMax-H3";

    [Theory]
    [InlineData("ark")]
    [InlineData("minimax")]
    public async Task Cancel_WhileItWaits_StopsIt(string vendor)
    {
        var (provider, job) = await StartAsync(vendor, "a storm [lab:queued=9]");

        (await Stopping(provider).CancelAsync(job, Cancel)).ShouldBeTrue();

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.Cancelled);
        (await Stopping(provider).CancelAsync(job, Cancel)).ShouldBeTrue("it is stopped already");
    }

    [Theory]
    [InlineData("ark")]
    [InlineData("minimax")]
    public async Task Cancel_WhileItRuns_IsNotEvenAsked(string vendor)
    {
        var (provider, job) = await StartAsync(vendor, "a storm [lab:queued=0,running=9]");

        (await Stopping(provider).CancelAsync(job, Cancel)).ShouldBeFalse();

        Lab.Traffic.Requests.ShouldNotContain(request => request.Method == "DELETE");
        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>();
    }

    [Theory]
    [InlineData("ark")]
    [InlineData("minimax")]
    public async Task Cancel_BegunMeanwhile_IsFalse(string vendor)
    {
        // It says that it waits, and runs.
        var (provider, job) = await StartAsync(vendor, "a storm [lab:queued=0,running=9,poll=backwards]");
        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>();

        (await Stopping(provider).CancelAsync(job, Cancel)).ShouldBeFalse();

        Lab.Traffic.Requests.ShouldContain(request => request.Method == "DELETE");
    }

    [Theory]
    [InlineData("ark")]
    [InlineData("minimax")]
    public async Task Cancel_WhenItIsDone_KeepsThePaidVideo(string vendor)
    {
        var (provider, job) = await StartAsync(vendor, "a storm [lab:queued=0,running=0]");

        (await Stopping(provider).CancelAsync(job, Cancel)).ShouldBeFalse();

        Lab.Traffic.Requests.ShouldNotContain(request => request.Method == "DELETE");
        var done = (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>();
        (await provider.OpenAsync(job, done.Outputs[0], 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory]
    [InlineData(1366, 768, 4, 2, "0.32")]
    [InlineData(1366, 768, 4, 7, "0.40")]
    [InlineData(2560, 1440, 4, 0, "0.52")]
    public async Task Minimax_Cost_FollowsFromTheListedPrice(int width, int height, int seconds, int references, string usd)
    {
        var (provider, job) = await StartAsync("minimax", "a storm [lab:queued=0,running=0]", request => request with
        {
            Size = new FrameSize(width, height),
            Seconds = seconds,
            References = [.. Enumerable.Repeat(One, references)],
        });

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>().CostUsd.ShouldBe(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Ark_Cost_IsNotKnownFromTokens()
    {
        var (provider, job) = await StartAsync("ark", "a storm [lab:queued=0,running=0]");

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>().CostUsd.ShouldBeNull();
    }

    [Fact]
    public void Ark_Price_IsThatOfTheResolutionAlsoForSquares()
    {
        var price = SeedanceModels.At("ark", new Uri("https://ark.ap-southeast.bytepluses.com"))[0].Price.ShouldNotBeNull();

        new[] { (640, 640), (992, 432) }.ShouldAllBe(size => price.Estimate(new FrameSize(size.Item1, size.Item2), 1, 0, 0) == 0.08m);
        new[] { (960, 960), (1470, 630), (834, 1112) }.ShouldAllBe(size => price.Estimate(new FrameSize(size.Item1, size.Item2), 1, 0, 0) == 0.18m);
        new[] { (1440, 1440), (2206, 946), (1080, 1920) }.ShouldAllBe(size => price.Estimate(new FrameSize(size.Item1, size.Item2), 1, 0, 0) == 0.45m);
    }

    [Fact]
    public void Models_OfAddressesInChina_HaveTheirNamesAndNoDollars()
    {
        SeedanceModels.At("ark", new Uri("https://ark.cn-beijing.volces.com/api/v3")).ShouldAllBe(model => model.Name.StartsWith("doubao-") && model.Price == null);
        MinimaxModels.At("minimax", new Uri("https://api.minimaxi.com")).ShouldAllBe(model => model.Price == null);
    }

    [Theory]
    [InlineData("ark", "last frame alone")]
    [InlineData("minimax", "last frame alone")]
    [InlineData("ark", "frame and reference")]
    [InlineData("minimax", "frame and reference")]
    [InlineData("minimax", "silence")]
    [InlineData("ark", "unknown size")]
    [InlineData("ark", "edit of another's")]
    [InlineData("ark", "edit of a short one")]
    [InlineData("ark", "edit of what was joined here")]
    public async Task Submit_WhatCannotBeSaid_IsRefusedUnsent(string vendor, string wish)
    {
        var provider = Provider(vendor);
        var own = new SourceJob(default, "cgt-1", wish == "edit of another's" ? "fal" : "lab", Ask("x") with { Operation = wish == "edit of what was joined here" ? Operation.Append : Operation.Create }, "", ["x"]) { RemoteUrl = "https://files.example/1.mp4" };
        var edit = Ask("x") with { Operation = Operation.Edit, SourceVideo = new InputVideo(new string('0', 64), "video/mp4", 1280, 720, wish == "edit of a short one" ? 2 : 5) };
        var (request, source) = wish switch
        {
            "last frame alone" => (Ask("x", vendor) with { LastFrame = One }, null),
            "frame and reference" => (Ask("x", vendor) with { FirstFrame = One, References = [Two] }, null),
            "silence" => (Ask("x", vendor) with { Audio = false }, null),
            "unknown size" => (Ask("x") with { Size = new FrameSize(123, 45) }, null),
            _ => (edit, own),
        };

        (await provider.SubmitAsync(Scene.Submission(request, Model(vendor), source), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Watermark_IsASetting()
    {
        await StartAsync("ark", "a storm", settings: [("Watermark", "true")]);
        await StartAsync("minimax", "a storm", settings: [("Watermark", "true")]);

        Lab.Traffic.Sent[0].Json!["watermark"]!.GetValue<bool>().ShouldBeTrue();
        Lab.Traffic.Sent[1].Json!["aigc_watermark"]!.GetValue<bool>().ShouldBeTrue();
        new ArkModule().Check(new ProviderSettings { Name = "ark", Kind = "ark", ApiKey = "k", Extra = new Dictionary<string, string> { ["Watermark"] = "maybe" } })
            .ShouldHaveSingleItem().ShouldContain("Watermark");
    }

    [Fact]
    public async Task Ark_Find_OneOfThisModelInTheTime_IsIt()
    {
        var provider = Provider("ark");
        var lost = Scene.Submission(Ask("a lost storm [lab:create=reset_after_accept]"), Full);
        (await provider.SubmitAsync(lost, Cancel)).ShouldBeOfType<SubmitOutcome.Unknown>();
        await provider.SubmitAsync(Scene.Submission(Ask("of another model"), "dreamina-seedance-2-0-260128"), Cancel);
        var id = Lab.Ledger.Creates[0].RemoteId;

        (await FindAsync(provider, lost)).ShouldBe(id);
        (await FindAsync(provider, lost, owned: id)).ShouldBeNull();
        (await FindAsync(provider, lost, TimeSpan.FromHours(1))).ShouldBeNull();
        await provider.SubmitAsync(Scene.Submission(Ask("of the same model"), Full), Cancel);
        (await FindAsync(provider, lost)).ShouldBeNull();
        (await FindAsync(provider, lost, owned: Lab.Ledger.Creates[2].RemoteId)).ShouldBe(id);
    }

    [Fact]
    public async Task Ark_Find_ListBeyondAPage_IsReadToTheEnd()
    {
        var provider = Provider("ark");
        var lost = Scene.Submission(Ask("a lost storm [lab:create=reset_after_accept]"), Full);
        await provider.SubmitAsync(lost, Cancel);
        for (var i = 0; i < 100; i++)
        {
            await provider.SubmitAsync(Scene.Submission(Ask("another"), "dreamina-seedance-2-0-260128"), Cancel);
        }

        (await FindAsync(provider, lost)).ShouldBe(Lab.Ledger.Creates[0].RemoteId);
    }

    [Fact]
    public void Ark_Find_PromptThatIsTold_MustBeOurs()
    {
        var now = DateTimeOffset.UtcNow;
        var submission = Scene.Submission(Ask("a storm"), Full);
        WireTask Row(string id, string? prompt) => new() { Id = id, Model = Full, CreatedAt = now.ToUnixTimeSeconds(), Prompt = prompt };

        ListedContentArrayProvider.Candidates([Row("a", "a calm"), Row("b", "a storm"), Row("c", null)], submission, now.AddMinutes(-1), now.AddMinutes(1)).ShouldBe(["b", "c"]);
    }

    [Fact]
    public void Minimax_CannotBeAskedForLostCreates() => Provider("minimax").ShouldNotBeAssignableTo<IReconcilingProvider>();

    [Fact]
    public async Task Minimax_Callback_EchoesTheChallenge()
    {
        var provider = Provider("minimax");
        await using var listener = await ListenAsync(async body => await Calling(provider).JudgeAsync(new CallbackMessage(new Dictionary<string, string>(), body), Cancel) switch
        {
            CallbackVerdict.Echo echo => echo.Json,
            _ => "{}",
        });
        var url = new Uri(listener.Urls.First() + "/here");

        (await provider.SubmitAsync(Scene.Submission(Ask("a storm", "minimax"), H3) with { CallbackUrl = url }, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();

        Lab.Traffic.Sent[0].Json!["callback_url"]!.ToString().ShouldBe(url.AbsoluteUri);
    }

    [Fact]
    public async Task Minimax_Callback_ThatDoesNotEcho_IsRefused()
    {
        await using var listener = await ListenAsync(_ => Task.FromResult("{}"));

        (await Provider("minimax").SubmitAsync(Scene.Submission(Ask("a storm", "minimax"), H3) with { CallbackUrl = new Uri(listener.Urls.First()) }, Cancel)).ShouldBeOfType<SubmitOutcome.Refused>();
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("minimax", """{"challenge":"abc\"1"}""", """{"challenge":"abc\"1"}""")]
    [InlineData("minimax", """{"challenge":17}""", """{"challenge":17}""")]
    [InlineData("minimax", """{"challenge":{"a":1}}""", null)]
    [InlineData("minimax", """{"task":{"id":"1","status":"succeeded"}}""", null)]
    [InlineData("minimax", "no json", null)]
    [InlineData("minimax", "[]", null)]
    [InlineData("ark", """{"challenge":"abc"}""", null)]
    [InlineData("ark", """{"id":"cgt-1","status":"succeeded"}""", null)]
    public async Task Callback_IsAnEchoOrAReasonToLook(string vendor, string body, string? echo)
    {
        var verdict = await Calling(Provider(vendor)).JudgeAsync(new CallbackMessage(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body)), Cancel);

        if (echo is null)
        {
            verdict.ShouldBeOfType<CallbackVerdict.Look>();
        }
        else
        {
            using var said = JsonDocument.Parse(verdict.ShouldBeOfType<CallbackVerdict.Echo>().Json);
            said.RootElement.GetProperty("challenge").ToString().ShouldBe(JsonDocument.Parse(echo).RootElement.GetProperty("challenge").ToString());
        }
    }

    private IMediaProvider Provider(string vendor, params (string, string)[] settings) => vendor == "ark"
        ? Connect(new ArkModule(), new Uri(Lab.BaseUrl, "/ark/api/v3"), null, settings)
        : Connect(new MinimaxModule(), new Uri(Lab.BaseUrl, "/minimax"), null, settings);

    private async Task<(IMediaProvider Provider, RemoteJob Job)> StartAsync(
        string vendor, string prompt, Func<GenerationRequest, GenerationRequest>? with = null, params (string, string)[] settings)
    {
        var provider = Provider(vendor, settings);
        var submission = Scene.Submission((with ?? (request => request))(Ask(prompt, vendor)), Model(vendor));
        return (provider, Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId));
    }

    private static Task<CheckOutcome> LookAsync(IMediaProvider provider, RemoteJob job) => provider.CheckAsync(job, new Progress<double>(), Cancel);

    private static Task<string?> FindAsync(IMediaProvider provider, Submission lost, TimeSpan? later = null, string? owned = null) =>
        provider.ShouldBeAssignableTo<IReconcilingProvider>()!.FindAsync(lost, DateTimeOffset.UtcNow + (later ?? TimeSpan.Zero), id => Task.FromResult(id == owned), Cancel).IdAsync();

    private static ICancellingProvider Stopping(IMediaProvider provider) => provider.ShouldBeAssignableTo<ICancellingProvider>()!;

    private static ICallbackProvider Calling(IMediaProvider provider) => provider.ShouldBeAssignableTo<ICallbackProvider>()!;

    private static string Model(string vendor) => vendor == "ark" ? Full : H3;

    private static GenerationRequest Ask(string prompt, string vendor = "ark") =>
        new() { Prompt = prompt, Size = vendor == "ark" ? new FrameSize(1280, 720) : new FrameSize(1366, 768), Seconds = 1 };

    private static async Task<WebApplication> ListenAsync(Func<byte[], Task<string>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/{**rest}", async (HttpRequest request) =>
        {
            using var copy = new MemoryStream();
            await request.Body.CopyToAsync(copy);
            return Results.Text(await answer(copy.ToArray()), "application/json");
        });
        await app.StartAsync(Cancel);
        return app;
    }
}
