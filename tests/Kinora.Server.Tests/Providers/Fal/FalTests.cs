using System.Net;
using System.Text;
using Kinora.Adapters.Providers.Fal;
using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Fal;

public sealed class FalTests : FidelityScene
{
    private const string Pixverse = "fal-ai/pixverse/v6";

    private static readonly GenerationRequest _small = new() { Prompt = "a quiet harbour", Size = new FrameSize(640, 360), Seconds = 1 };

    private IMediaProvider Provider => Connect(new FalModule(), new Uri(Lab.BaseUrl, "/fal"));

    [Fact]
    public async Task Job_IsMadeAtItsPathAndFoundWithoutIt()
    {
        await MakeAsync(Provider, Pixverse, _small);

        var paths = Lab.Traffic.Requests.Select(request => request.Path).ToList();
        paths[0].ShouldBe("/fal/fal-ai/pixverse/v6/text-to-video");
        paths.Skip(1).ShouldAllBe(path => path.StartsWith("/fal/fal-ai/pixverse/requests/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://queue.fal.run/fal-ai/pixverse/requests/x/status")]
    [InlineData("no link")]
    public async Task Check_LinkAwayFromHome_IsNotFollowed(string link)
    {
        var (provider, submission) = (Provider, Scene.Submission(_small, Pixverse));
        var id = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId;

        var look = await provider.CheckAsync(Scene.Job(submission, id, $$"""{"status":"{{link}}","response":"{{link}}"}"""), new Progress<double>(), Cancel);

        look.ShouldBeOfType<CheckOutcome.Running>().Word.ShouldBe("IN_QUEUE, 1 before it");
    }

    [Fact]
    public async Task Check_LinkAtHome_IsFollowed()
    {
        var (provider, submission) = (Provider, Scene.Submission(_small, Pixverse));
        var id = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId;
        var moved = new Uri(Lab.BaseUrl, "/fal/moved/app/requests/" + id + "/status");

        await provider.CheckAsync(Scene.Job(submission, id, $$"""{"status":"{{moved}}"}"""), new Progress<double>(), Cancel);

        Lab.Traffic.Requests[^1].Path.ShouldStartWith("/fal/moved/app/");
    }

    [Fact]
    public async Task Check_CompletedWithAWrongInput_NamesItByOurName()
    {
        var (provider, submission) = (Provider, Scene.Submission(_small with { Prompt = "a storm [lab:end=failed,queued=0,running=0]" }, Pixverse));
        var id = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId;

        var failed = (await provider.CheckAsync(Scene.Job(submission, id), new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Failed>();

        failed.Code.ShouldBe(ErrorCodes.ProviderRefused);
        failed.Text.ShouldBe("lab says that the request is invalid: seconds: Input should be '5' or '10'.");
    }

    /// <summary>A result that was paid for is asked for again until something proves that there is none.</summary>
    [Theory]
    [InlineData(500, """{"detail":"Internal Server Error"}""", null)]
    [InlineData(400, """{"detail":"Request is still in progress"}""", null)]
    [InlineData(503, "<html>busy</html>", null)]
    [InlineData(404, """{"detail":[{"msg":"x"}]}""", null)]
    [InlineData(500, """{"detail":[]}""", null)]
    [InlineData(500, """{"detail":[7]}""", null)]
    [InlineData(500, """{"detail":[{"loc":["body"],"msg":"It broke.","type":"internal_server_error"}]}""", "provider_error lab: It broke.")]
    [InlineData(504, """{"detail":"Request timed out","error_type":"request_timeout"}""", "expired The job expired at lab.")]
    [InlineData(503, """{"detail":"The runner went away","error_type":"runner_disconnected"}""", "provider_error lab: The runner went away.")]
    [InlineData(422, """{"detail":"No face was found"}""", "provider_error lab: No face was found.")]
    [InlineData(422, """{"detail":[{"loc":["body","image_url"],"msg":"Too small","type":"image_too_small"}]}""", "provider_refused lab says that the request is invalid: image_url: Too small.")]
    [InlineData(422, """{"detail":[{"loc":7,"msg":{},"type":null}]}""", null)]
    public void Fault_ProvesAnEndOrNot(int status, string body, string? outcome)
    {
        var reply = new ApiReply((HttpStatusCode)status, new HttpResponseMessage().Headers, null, null, Encoding.UTF8.GetBytes(body)) { Whole = true };

        var failed = FalFault.Read("lab", new Redactor(null), reply, null);

        (failed is null ? null : $"{failed.Code} {failed.Text}").ShouldBe(outcome);
    }

    [Fact]
    public async Task Cancel_Answers_AreTakenAtTheirWord()
    {
        var (provider, submission) = (Provider, Scene.Submission(_small, Pixverse));
        var stopping = (ICancellingProvider)provider;
        var accepted = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        var job = Scene.Job(submission, accepted.RemoteId, accepted.RemoteData);

        (await stopping.CancelAsync(job, Cancel)).ShouldBeTrue("202");
        (await stopping.CancelAsync(job, Cancel)).ShouldBeFalse("400: it is over already");
        (await stopping.CancelAsync(Scene.Job(submission, "unknown"), Cancel)).ShouldBeTrue("404");
        (await provider.CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.Cancelled);
    }

    [Fact]
    public async Task Pictures_ComeAllOfThem()
    {
        var submission = Scene.Submission(new GenerationRequest { Kind = MediaKind.Image, Prompt = "three boats", Count = 3, Size = new FrameSize(2048, 2048) }, "fal-ai/bytedance/seedream/v4.5");
        var provider = Provider;
        var id = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId;
        CheckOutcome look;
        do
        {
            look = await provider.CheckAsync(Scene.Job(submission, id), new Progress<double>(), Cancel);
        }
        while (look is CheckOutcome.Running);

        var outputs = look.ShouldBeOfType<CheckOutcome.Finished>().Outputs;
        outputs.Count.ShouldBe(3);
        outputs.ShouldAllBe(output => output.Kind == MediaKind.Image);
    }

    [Fact]
    public async Task Submit_WithACallback_TellsItInTheQuery()
    {
        var callback = new Uri("https://kinora.example/callbacks/lab/1?secret=a&b=c");

        await Provider.SubmitAsync(Scene.Submission(_small, Pixverse) with { CallbackUrl = callback }, Cancel);

        Lab.Traffic.Sent[^1].Path.ShouldEndWith("?fal_webhook=" + Uri.EscapeDataString(callback.AbsoluteUri));
    }

    [Fact]
    public async Task Submit_WhatCannotBeSaid_IsRefusedUnsent()
    {
        var provider = Provider;
        foreach (var (model, request) in new (string, GenerationRequest)[]
        {
            (Pixverse, _small with { LastFrame = One }),
            (Pixverse, _small with { References = [One] }),
            ("xai/grok-imagine-video", _small with { References = [One], FirstFrame = Two }),
            ("xai/grok-imagine-video", _small with { Audio = false }),
            ("wan/v2.6", _small with { FirstFrame = One, LastFrame = Two }),
        })
        {
            (await provider.SubmitAsync(Scene.Submission(request, model), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        }

        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task ListedEndpoint_IsAskedByTheUsualNames()
    {
        var settings = new ProviderSettings { Name = "lab", Kind = "fal", BaseUrl = new Uri(Lab.BaseUrl, "/fal"), ApiKey = Key, Models = ["someone/new-video/turbo"] };
        new FalModule().Check(settings).ShouldBeEmpty();
        var provider = new FalModule().Create(settings, NoServices.Instance);

        (await provider.DescribeAsync("someone/new-video/turbo", Cancel)).ShouldNotBeNull().Kinds.ShouldBe([MediaKind.Video, MediaKind.Image]);
        await MakeAsync(provider, "someone/new-video/turbo", new GenerationRequest { Prompt = "a storm", Size = new FrameSize(854, 480), Seconds = 5, FirstFrame = One, Seed = 7 });

        var sent = Lab.Traffic.Sent[0];
        sent.Path.ShouldBe("/fal/someone/new-video/turbo");
        sent.Json!["aspect_ratio"]!.ToString().ShouldBe("16:9");
        sent.Json["resolution"]!.ToString().ShouldBe("480p");
        sent.Json["duration"]!.ToString().ShouldBe("5");
        sent.Json["seed"]!.GetValue<int>().ShouldBe(7);
        sent.Json["image_url"]!.ToString().ShouldStartWith("data:image/png;base64,");
    }

    [Theory]
    [InlineData("veo")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("a/b?c")]
    public void Check_ModelThatIsNoEndpoint_IsAFault(string model) =>
        new FalModule().Check(new ProviderSettings { Name = "fal", Kind = "fal", ApiKey = "k", Models = [model] }).ShouldHaveSingleItem().ShouldContain("Models");

    [Fact]
    public async Task Models_TakeTheirOwnDefaults()
    {
        var models = await Provider.ListModelsAsync(Cancel);

        models.Select(model => model.Id).ShouldBeUnique();
        models.ShouldAllBe(model => model.Sizes == null || model.Sizes.Allows(model.Sizes.Default));
        models.ShouldAllBe(model => model.Durations == null || model.Durations.Allows(model.Durations.Default));
        models.ShouldAllBe(model => FalPaths.IsEndpoint(model.Name));
    }
}
