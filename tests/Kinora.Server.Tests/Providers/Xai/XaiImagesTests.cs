using Kinora.Adapters.Providers.Xai;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Xai;

/// <summary>What is particular about xAI's pictures.</summary>
public sealed class XaiImagesTests : FidelityScene
{
    private const string Painter = "grok-imagine-image-2.0";

    private IMediaProvider Provider => Connect(new XaiModule(), new Uri(Lab.BaseUrl, "/xai/v1"));

    [Fact]
    public async Task Several_ComeWithBillAndRevisedPrompt()
    {
        var submission = Scene.Submission(Ask("a fox") with { Count = 3 }, Painter);

        var done = (await Provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();

        done.CostUsd.ShouldBe(0.18m);
        done.Outputs.Count.ShouldBe(3);
        done.Outputs.ShouldAllBe(output => output.WorkFile != null && output.RevisedPrompt == "As drawn: a fox");
        (await Provider.CheckAsync(Scene.Job(submission, done.RemoteId), new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Finished>().Outputs.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Link_InPlaceOfBytes_IsTaken()
    {
        var submission = Scene.Submission(Ask("a fox [lab:picture=url]"), Painter);

        var done = (await Provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();
        var opened = (await Provider.OpenAsync(Scene.Job(submission, done.RemoteId), done.Outputs.ShouldHaveSingleItem(), 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();

        await using var body = opened.Body;
        var head = new byte[16];
        await body.ReadExactlyAsync(head, Cancel);
        LabPictures.FormatOf(head).ShouldBe("jpeg");
    }

    [Fact]
    public async Task Withheld_IsContentPolicyWithItsCost()
    {
        var submission = Scene.Submission(Ask("a fox [lab:end=moderation]"), Painter);

        var accepted = (await Provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        var end = (await Provider.CheckAsync(Scene.Job(submission, accepted.RemoteId, accepted.RemoteData), new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Failed>();

        (end.Code, end.CostUsd).ShouldBe((ErrorCodes.ContentPolicy, 0.06m));
    }

    [Fact]
    public async Task Pictures_LostHere_CannotBeHadAgain() =>
        (await Provider.CheckAsync(Scene.Job(Scene.Submission(Ask("x"), Painter), "x"), new Progress<double>(), Cancel))
            .ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.AssetMissing);

    [Fact]
    public async Task GoingOn_SendsThePictureGoneOnFromFirst()
    {
        var first = Ask("a fox");
        var source = new SourceJob(Scene.Submission(first, Painter).JobId, "x", "lab", first, Scene.Write("fox.jpg", [1, 2, 3]), ["a fox"]) { MimeType = "image/jpeg" };

        (await Provider.SubmitAsync(Scene.Submission(Ask("in snow") with { References = [One] }, Painter, source), Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();

        var sent = Lab.Traffic.Sent.ShouldHaveSingleItem();
        sent.Path.ShouldBe("/xai/v1/images/edits");
        sent.Json!["images"]!.AsArray().Count.ShouldBe(2);
        sent.Json["prompt"]!.ToString().ShouldContain("a fox");
        Lab.Ledger.Creates.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task SourceGone_IsRefusedUnsent()
    {
        var source = new SourceJob(Scene.Submission(Ask("x")).JobId, "x", "lab", Ask("x"), "/nowhere/fox.jpg", ["x"]);

        (await Provider.SubmitAsync(Scene.Submission(Ask("x"), Painter, source), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.AssetMissing);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Model_KnowsItsRatiosAndQualities()
    {
        var model = (await Provider.DescribeAsync(Painter, Cancel)).ShouldNotBeNull();

        model.Kinds.ShouldBe([MediaKind.Image]);
        model.Sizes!.Default.ShouldBe(new FrameSize(1024, 1024));
        model.Sizes.Allows(new FrameSize(2048, 4096)).ShouldBeTrue();
        model.Sizes.Allows(new FrameSize(1280, 720)).ShouldBeFalse();
        model.Image!.Qualities.ShouldBe(["low", "medium"]);
        model.Price.ShouldBeNull("it was not found");
    }

    private static GenerationRequest Ask(string prompt) => new() { Kind = MediaKind.Image, Prompt = prompt };
}
