using Kinora.Adapters.Providers.Gemini;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Gemini;

/// <summary>What Gemini does otherwise than all others.</summary>
public sealed class GeminiQuirkTests : FidelityScene
{
    private const string Full = "gemini-omni-1.2-flash";

    [Fact]
    public async Task Result_IsFetchedWithTheKey_WhichHasNoPrefix()
    {
        var (provider, job) = await StartAsync("a storm [lab:queued=0,running=0]");
        var done = (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>();

        (await provider.OpenAsync(job, done.Outputs[0], 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();

        Lab.Traffic.Sent.ShouldAllBe(sent => sent.Headers["x-goog-api-key"] == LabLedger.Fingerprint(Key) && !sent.Headers.ContainsKey("authorization"));
        done.CostUsd.ShouldBeNull();
    }

    [Fact]
    public async Task Result_WithoutTheKey_IsDenied()
    {
        var (provider, job) = await StartAsync("a storm [lab:queued=0,running=0]");
        var done = (CheckOutcome.Finished)await LookAsync(provider, job);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(done.Outputs[0].Url!), Cancel);

        ((int)answer.StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task Blocked_IsDoneWithoutAVideo_AndItsWordsAreTold()
    {
        var (provider, job) = await StartAsync("a storm [lab:queued=0,running=0,end=moderation]");

        var end = (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Failed>();

        end.Code.ShouldBe(ErrorCodes.ContentPolicy);
        end.Text.ShouldContain("I cannot show that.");
    }

    [Fact]
    public async Task Cancel_ThatLosesTheRace_IsFalse()
    {
        var (provider, job) = await StartAsync("a storm [lab:queued=0,running=0]");
        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>();

        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeFalse();
        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>();
    }

    [Fact]
    public async Task Cancel_WhileItRuns_StopsIt()
    {
        var (provider, job) = await StartAsync("a storm [lab:queued=0,running=9]");

        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeTrue();

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.Cancelled);
        (await ((ICancellingProvider)provider).CancelAsync(job with { RemoteId = "unknown" }, Cancel)).ShouldBeTrue("it is not there");
    }

    [Theory]
    [InlineData(Operation.Edit)]
    [InlineData(Operation.Extend)]
    public async Task FollowUp_OfAnUpload_SendsItAlong(Operation operation)
    {
        var (request, _) = Upload(operation, GeminiRequest.LargestVideo);

        (await Provider().SubmitAsync(Scene.Submission(request, Full), Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();

        Lab.Ledger.Creates.ShouldHaveSingleItem();
        var sent = Lab.Traffic.Sent[0].Json!;
        sent["input"]![1]!["type"]!.ToString().ShouldBe("video");
        sent["generation_config"]!["video_config"]!["task"]!.ToString().ShouldBe(operation == Operation.Edit ? "edit" : "extend");
        sent["previous_interaction_id"].ShouldBeNull();
    }

    [Fact]
    public async Task FollowUp_OfWhatWasJoinedHere_SendsTheWhole()
    {
        var (request, _) = Upload(Operation.Edit, 100);
        var joined = new SourceJob(default, "interaction-of-the-last-clip", "lab", Ask("x") with { Operation = Operation.Append }, "", ["x"]);

        (await Provider().SubmitAsync(Scene.Submission(request, Full, joined), Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();

        Lab.Traffic.Sent[0].Json!["previous_interaction_id"].ShouldBeNull();
        Lab.Traffic.Sent[0].Json!["input"]![1]!["type"]!.ToString().ShouldBe("video");
    }

    [Theory]
    [InlineData("upload over 4 MB")]
    [InlineData("edit of a long one")]
    [InlineData("long extension")]
    [InlineData("extension past 30 seconds")]
    [InlineData("remix of another's")]
    [InlineData("last frame alone")]
    [InlineData("frame and reference")]
    [InlineData("silence")]
    [InlineData("unknown size")]
    public async Task Submit_WhatCannotBeSaid_IsRefusedUnsent(string wish)
    {
        var foreign = new SourceJob(default, "other-1", "fal", Ask("x"), "", ["x"]);
        var (request, source) = wish switch
        {
            "upload over 4 MB" => Upload(Operation.Edit, GeminiRequest.LargestVideo + 1),
            "edit of a long one" => Upload(Operation.Edit, 100, seconds: 20),
            "long extension" => (Upload(Operation.Extend, 100).Request with { Seconds = 12 }, null),
            "extension past 30 seconds" => Upload(Operation.Extend, 100, seconds: 28),
            "remix of another's" => (Ask("x") with { Operation = Operation.Remix }, foreign),
            "last frame alone" => (Ask("x") with { LastFrame = One }, null),
            "frame and reference" => (Ask("x") with { FirstFrame = One, References = [Two] }, null),
            "silence" => (Ask("x") with { Audio = false }, null),
            _ => (Ask("x") with { Size = new FrameSize(1024, 1024) }, (SourceJob?)null),
        };

        (await Provider().SubmitAsync(Scene.Submission(request, Full, source), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Callback_IsAskedFor()
    {
        await Provider().SubmitAsync(Scene.Submission(Ask("a storm"), Full) with { CallbackUrl = new Uri("https://films.example/hook/1") }, Cancel);

        Lab.Traffic.Sent[0].Json!["webhook_config"]!["uris"]![0]!.ToString().ShouldBe("https://films.example/hook/1");
    }

    private IMediaProvider Provider() => Connect(new GeminiModule(), new Uri(Lab.BaseUrl, "/gemini"));

    private async Task<(IMediaProvider Provider, RemoteJob Job)> StartAsync(string prompt)
    {
        var provider = Provider();
        var submission = Scene.Submission(Ask(prompt), Full);
        return (provider, Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId));
    }

    private (GenerationRequest Request, SourceJob? Source) Upload(Operation operation, int bytes, double seconds = 5)
    {
        var video = new InputVideo(new string('a', 64), "video/mp4", 1280, 720, seconds);
        Scene.Write(video.Sha256, new byte[bytes]);
        return (Ask("on it goes") with { Operation = operation, SourceVideo = video }, null);
    }

    private static Task<CheckOutcome> LookAsync(IMediaProvider provider, RemoteJob job) => provider.CheckAsync(job, new Progress<double>(), Cancel);

    private static GenerationRequest Ask(string prompt) => new() { Prompt = prompt, Size = new FrameSize(640, 360), Seconds = 3 };
}
