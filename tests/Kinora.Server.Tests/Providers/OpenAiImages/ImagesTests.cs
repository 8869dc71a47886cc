using System.Globalization;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiImages;

/// <summary>The Images API: what is sent, what is made of the answer, what it cost.</summary>
public sealed class ImagesTests : PictureScene
{
    [Theory]
    [InlineData("png", true)]
    [InlineData("webp", true)]
    [InlineData("jpeg", false)]
    public async Task Submit_BringsEveryPictureInItsFormat(string format, bool transparent)
    {
        var submission = Scene.Submission(Ask("three birds") with { Count = 3, Format = format, Background = transparent ? "transparent" : null });

        var done = await FinishedAsync(submission);

        done.Outputs.Count.ShouldBe(3);
        foreach (var output in done.Outputs)
        {
            output.Kind.ShouldBe(MediaKind.Image);
            LabPictures.FormatOf(BytesOf(output, submission)).ShouldBe(format);
        }

        var row = Lab.Ledger.Creates.ShouldHaveSingleItem();
        row.Path.ShouldEndWith("/images/generations");
        row.Fields["n"].ShouldBe("3");
    }

    [Fact]
    public async Task Submit_Mask_GoesWithItsPicture()
    {
        var (picture, mask) = (await PictureAsync(), await PictureAsync(transparent: true));

        await FinishedAsync(Scene.Submission(Ask("a hat") with { References = [picture], Mask = mask }));

        var row = Lab.Ledger.Creates.ShouldHaveSingleItem();
        row.Path.ShouldEndWith("/images/edits");
        row.Files.Select(file => (file.Field, file.Sha256)).ShouldBe([("image", picture.Sha256), ("mask", mask.Sha256)]);
        row.Files.ShouldAllBe(file => !file.Name.Contains(picture.Sha256), "names of our store stay here");
    }

    [Fact]
    public async Task Submit_SixteenPictures_GoInOrder()
    {
        var pictures = new List<InputImage>();
        for (var i = 0; i < 16; i++)
        {
            pictures.Add(await PictureAsync(width: 64 + (2 * i)));
        }

        await FinishedAsync(Scene.Submission(Ask("a collage") with { References = pictures }));

        var files = Lab.Ledger.Creates.ShouldHaveSingleItem().Files;
        files.ShouldAllBe(file => file.Field == "image[]");
        files.Select(file => file.Sha256).ShouldBe(pictures.Select(picture => picture.Sha256));
    }

    [Theory]
    [InlineData("gpt-image-2", 1, 0, "0.03005")]
    [InlineData("gpt-image-2", 2, 0, "0.06005")]
    [InlineData("gpt-image-2.5-sunburst", 1, 2, "0.03325")]
    [InlineData("gpt-image-2-2026-04-21", 1, 0, "0.03005")]
    [InlineData("gpt-image-1.5", 1, 0, null)]
    [InlineData("somebody-elses", 1, 0, null)]
    public async Task Submit_TellsWhatWasCharged(string model, int count, int inputs, string? usd)
    {
        var pictures = new List<InputImage>();
        for (var i = 0; i < inputs; i++)
        {
            pictures.Add(await PictureAsync());
        }

        var done = await FinishedAsync(Scene.Submission(Ask("x") with { Count = count, References = pictures }, model));

        done.CostUsd.ShouldBe(usd is null ? null : decimal.Parse(usd, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Submit_ServerOfOnesOwn_HasNoPrice() => (await FinishedAsync(Scene.Submission(Ask("x")), "images")).CostUsd.ShouldBeNull();

    [Fact]
    public async Task Submit_Links_AreOpenedAndTheWordsKept()
    {
        var submission = Scene.Submission(Ask("a cat") with { Count = 2 });
        var provider = Connect("images");
        var done = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();

        foreach (var output in done.Outputs)
        {
            output.RevisedPrompt.ShouldBe("As drawn: a cat");
            var opened = (await provider.OpenAsync(Scene.Job(submission, done.RemoteId, done.RemoteData), output, 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();
            using var bytes = new MemoryStream();
            await using (opened.Body)
            {
                await opened.Body.CopyToAsync(bytes, Cancel);
            }

            LabPictures.FormatOf(bytes.ToArray()).ShouldBe("png");
        }
    }

    [Fact]
    public async Task Submit_Base64FromAServerOfOnesOwn_IsTakenToo()
    {
        var submission = Scene.Submission(Ask("a cat [lab:inline=1]"));
        var done = await FinishedAsync(submission, "images");
        LabPictures.FormatOf(BytesOf(done.Outputs.ShouldHaveSingleItem(), submission)).ShouldBe("png");
    }

    [Fact]
    public async Task Submit_TwentyMegabytes_AreTaken()
    {
        var submission = Scene.Submission(Ask("a cat [lab:bytes=25000000]"));
        var done = await FinishedAsync(submission);
        BytesOf(done.Outputs.ShouldHaveSingleItem(), submission).Length.ShouldBe(25_000_000);
    }

    [Fact]
    public async Task Submit_MoreThanWasAskedFor_IsNotRead()
    {
        var outcome = await Connect().SubmitAsync(Scene.Submission(Ask("a cat [lab:bytes=40000000]")), Cancel);
        outcome.ShouldBeOfType<SubmitOutcome.Unknown>("it was made, and nothing proves what");
    }

    [Theory]
    [InlineData("bad_base64")]
    [InlineData("garbage")]
    [InlineData("none")]
    public async Task Submit_NoPictureInTheAnswer_IsStillPaidAndOver(string picture)
    {
        var submission = Scene.Submission(Ask($"a cat [lab:picture={picture}]"));

        var done = await FinishedAsync(submission);

        done.CostUsd.ShouldBe(0.03005m);
        done.Outputs.Count.ShouldBe(picture == "none" ? 0 : 1);
        done.Outputs.ShouldAllBe(output => LabPictures.FormatOf(BytesOf(output, submission)) == null);
    }

    [Fact]
    public async Task Submit_Moderated_TellsTheVendorsOwnWords()
    {
        var refused = (await Connect().SubmitAsync(Scene.Submission(Ask("a cat [lab:end=moderation]")), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>();

        refused.Code.ShouldBe(ErrorCodes.ContentPolicy);
        refused.Text.ShouldContain("rejected by the safety system");
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_AnswerThatNobodyCouldTakeIn_IsFoundInTheWorkFolder()
    {
        var submission = Scene.Submission(Ask("two cats") with { Count = 2 });
        var done = await FinishedAsync(submission);

        var job = Scene.Job(submission, done.RemoteId, done.RemoteData);
        var found = (await Connect().CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Finished>();

        found.Outputs.Select(output => output.WorkFile).ShouldBe(done.Outputs.Select(output => output.WorkFile));
        Lab.Traffic.Requests.Count.ShouldBe(1, "there is nothing there to ask for");
    }

    [Fact]
    public async Task Check_PicturesLost_SaysSo()
    {
        var submission = Scene.Submission(Ask("a cat"));
        var done = await FinishedAsync(submission);
        var elsewhere = Scene.Job(submission, done.RemoteId, done.RemoteData) with { WorkFolder = Path.Combine(submission.WorkFolder, "none") };

        (await Connect().CheckAsync(elsewhere, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.AssetMissing);
    }

    [Fact]
    public async Task Submit_WorkFolderCannotBeWritten_HandsTheBytesOver()
    {
        var submission = Scene.Submission(Ask("a cat"));
        var blocked = submission with { WorkFolder = Path.Combine(Scene.Write("a-file", [1]), "below") };

        (await FinishedAsync(blocked)).Outputs.ShouldHaveSingleItem().Inline.ShouldNotBeNull();
    }

    [Fact]
    public async Task Submit_MaskWithoutAPicture_IsRefusedUnsent()
    {
        var mask = await PictureAsync(transparent: true);

        (await Connect().SubmitAsync(Scene.Submission(Ask("a hat") with { Mask = mask }), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_PictureOfTheStoreIsGone_IsNotSent()
    {
        var picture = new InputImage(new string('0', 64), "image/png", 64, 48);

        (await Connect().SubmitAsync(Scene.Submission(Ask("a hat") with { References = [picture] }), Cancel)).ShouldBeOfType<SubmitOutcome.NotSent>();
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    private async Task<SubmitOutcome.Finished> FinishedAsync(Submission submission, string dialect = "openai") =>
        (await Connect(dialect).SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();
}
