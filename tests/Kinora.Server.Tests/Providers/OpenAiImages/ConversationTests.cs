using System.Text.Json.Nodes;
using Kinora.Adapters.Providers.OpenAiImages;
using Kinora.Adapters.Providers.Pictures;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Server.Lab;
using Kinora.Sessions;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiImages;

/// <summary>Turns of a conversation: by the Responses API where there is one, in one prompt elsewhere.</summary>
public sealed class ConversationTests : PictureScene
{
    private const string Quick = " [lab:queued=0,running=0]";
    private const string Mainline = "gpt-5.6-sol";

    private static readonly SessionId _session = SessionId.New(new SystemRandomBytes());

    [Fact]
    public async Task Turns_FollowEachOther_AndEachIsSentOnce()
    {
        var provider = Connect();
        var first = await TurnAsync(provider, Ask("a red house" + Quick) with { Session = _session, Instructions = "A children's book." });
        var second = await TurnAsync(provider, Ask("make the roof blue" + Quick) with { Session = _session, Instructions = "A children's book." }, first.Source);

        await TurnAsync(provider, Ask("add a tree" + Quick) with { Session = _session, Instructions = "A children's book." }, second.Source);

        var third = LastTurn();
        third["previous_response_id"]!.GetValue<string>().ShouldBe(second.Source.RemoteId);
        third["instructions"]!.GetValue<string>().ShouldBe("A children's book.");
        third["input"]!.ToJsonString().ShouldContain("add a tree");
        third["input"]!.ToJsonString().ShouldNotContain("red house");
        third["input"]!.ToJsonString().ShouldNotContain("input_image");
        third["model"]!.GetValue<string>().ShouldBe(Mainline);
        third["tools"]![0]!["model"]!.GetValue<string>().ShouldBe("gpt-image-2");
        Lab.Ledger.Creates.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Turn_ChatModelAsked_ChoosesTheImageModelItself()
    {
        await TurnAsync(Connect(), Ask("a red house" + Quick), model: "gpt-5.6-terra");

        LastTurn()["model"]!.GetValue<string>().ShouldBe("gpt-5.6-terra");
        LastTurn()["tools"]![0]!["model"].ShouldBeNull();
    }

    [Fact]
    public async Task Turn_OtherMainlineModelConfigured_HoldsTheConversation()
    {
        await TurnAsync(Connect(extra: [("MainlineModel", "gpt-7-sol")]), Ask("a red house" + Quick) with { Session = _session });

        LastTurn()["model"]!.GetValue<string>().ShouldBe("gpt-7-sol");
    }

    [Fact]
    public async Task Turn_PictureFromElsewhere_GoesAlongWithWhatWasAsked()
    {
        var picture = await PngAsync();
        var source = Foreign(Scene.Write("elsewhere.png", picture), "a red house", "make the roof blue");

        await AcceptedAsync(Connect(), Scene.Submission(Ask("add a tree"), source: source));

        LastTurn()["previous_response_id"].ShouldBeNull();
        var content = LastTurn()["input"]![0]!["content"]!;
        content[0]!["text"]!.GetValue<string>().ShouldBe(
            "The first picture was made from these requests, oldest first:\n1. a red house\n2. make the roof blue\n\nChange it as follows: add a tree");
        Lab.Ledger.Creates.ShouldHaveSingleItem().Files.ShouldHaveSingleItem().Sha256.ShouldBe(LabLedger.Hash(picture));
        content.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Turn_PictureOfTheImagesApi_GoesAlong()
    {
        var provider = Connect();
        var submission = Scene.Submission(Ask("a red house"));
        var done = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();
        var source = Foreign(Path.Combine(submission.WorkFolder, done.Outputs[0].WorkFile!), "a red house") with { Provider = "lab", RemoteId = done.RemoteId, RemoteData = done.RemoteData };

        await AcceptedAsync(provider, Scene.Submission(Ask("add a tree"), source: source));

        LastTurn()["previous_response_id"].ShouldBeNull();
        Lab.Ledger.Creates[^1].Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Turn_EarlierPictureOfAResponse_IsNamedByItsId()
    {
        var provider = Connect();
        var first = await TurnAsync(provider, Ask("a red house [lab:picture=two,queued=0,running=0]") with { Session = _session });
        first.End.Outputs.Count.ShouldBe(2);
        first.End.Outputs[0].Id!.ShouldEndWith("b", Case.Sensitive, "the newest comes first");

        await AcceptedAsync(provider, Scene.Submission(
            Ask("go on from the other") with { Session = _session, SourceIndex = 1 }, source: first.Source with { RemoteOutputId = first.End.Outputs[1].Id }));

        LastTurn()["previous_response_id"].ShouldBeNull();
        LastTurn()["input"]![0]!.ToJsonString().ShouldBe($$"""{"type":"image_generation_call","id":"{{first.End.Outputs[1].Id}}"}""");
        Lab.Ledger.Creates[^1].Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Turn_WhatTheVendorNoLongerKeeps_GoesAlongAgain()
    {
        var first = await TurnAsync(Connect(), Ask("a red house" + Quick) with { Session = _session });

        await AcceptedAsync(Connect(clock: new LaterClock(TimeSpan.FromDays(30))), Scene.Submission(Ask("add a tree") with { Session = _session }, source: first.Source));

        LastTurn()["previous_response_id"].ShouldBeNull();
        Lab.Ledger.Creates[^1].Files.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("images")]
    public async Task Turn_ItsPictureIsGone_IsRefusedUnsent(string dialect)
    {
        (await Connect(dialect).SubmitAsync(Scene.Submission(Ask("add a tree"), source: Foreign("", "a red house")), Cancel))
            .ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.AssetMissing);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Turn_WithoutAnUpstreamMemory_IsToldInOnePrompt()
    {
        var (made, more) = (await PngAsync(), await PictureAsync(width: 80));
        var source = Foreign(Scene.Write("made.png", made), "a red house", "make the roof blue");

        (await Connect("images").SubmitAsync(
            Scene.Submission(Ask("add this tree") with { Session = _session, Instructions = "A children's book.", References = [more] }, source: source), Cancel))
            .ShouldBeOfType<SubmitOutcome.Finished>();

        var sent = Lab.Traffic.Sent.ShouldHaveSingleItem();
        sent.Path.ShouldEndWith("/images/edits");
        sent.Fields!["prompt"].ShouldBe(
            "A children's book.\n\nThe first picture was made from these requests, oldest first:\n1. a red house\n2. make the roof blue\n\nChange it as follows: add this tree");
        sent.Files!.Select(file => file.Sha256).ShouldBe([LabLedger.Hash(made), more.Sha256]);
    }

    [Fact]
    public void ComposedPrompt_LeavesOutTheOldest()
    {
        var source = Foreign("", [.. Enumerable.Range(1, 50).Select(i => $"{i} " + new string('x', 1000))]);

        var prompt = ComposedPrompt.Write(Ask("add a tree"), source, "A children's book.");

        prompt.Length.ShouldBeLessThanOrEqualTo(ComposedPrompt.MaxLength);
        prompt.ShouldStartWith("A children's book.\n\nThe first picture was made from these requests, oldest first (older ones are left out):\n");
        prompt.ShouldContain("\n50. 50 x");
        prompt.ShouldNotContain("\n1. 1 x");
        prompt.ShouldEndWith("\n\nChange it as follows: add a tree");
    }

    [Fact]
    public void ComposedPrompt_FirstTurn_IsInstructionsAndPrompt()
    {
        ComposedPrompt.Write(Ask("a house"), null, null).ShouldBe("a house");
        ComposedPrompt.Write(Ask("a house"), null, " A children's book.\n").ShouldBe("A children's book.\n\na house");
    }

    [Fact]
    public async Task Analyze_LooksFirst_AndBringsTheWords()
    {
        var picture = await PictureAsync();

        var (_, end) = await TurnAsync(Connect(), Ask("better contrast" + Quick) with { References = [picture], Analyze = true, Instructions = "For print." }, model: Mainline);

        end.Outputs.ShouldHaveSingleItem().Remarks.ShouldBe("I see a test picture.\nIts colours should change.");
        end.Outputs[0].RevisedPrompt.ShouldBe("As drawn: better contrast" + Quick);
        LastTurn()["tool_choice"].ShouldBeNull();
        LastTurn()["instructions"]!.GetValue<string>().ShouldBe("For print.\n\n" + TurnRequest.LookFirst);
    }

    [Theory]
    [InlineData("end=moderation", ErrorCodes.ContentPolicy, "lab made no picture: I can't help with that picture.")]
    [InlineData("picture=none", ErrorCodes.ProviderRefused, "lab made no picture: I see a test picture. Its colours should change. Which of the two towers do you mean?")]
    [InlineData("end=failed", ErrorCodes.ProviderFailed, "lab made no picture: The script said so.")]
    [InlineData("end=expired", ErrorCodes.ProviderFailed, "lab made no picture: it stopped early (max_output_tokens).")]
    [InlineData("end=cancelled", ErrorCodes.Cancelled, "The job was cancelled at lab.")]
    public async Task Check_NoPicture_TellsTheModelsOwnWords(string script, string code, string text)
    {
        var provider = Connect();
        var submission = Scene.Submission(Ask($"x [lab:{script},queued=0,running=0]") with { Analyze = true }, Mainline);
        var accepted = await AcceptedAsync(provider, submission);

        var failed = (await EndAsync(provider, Scene.Job(submission, accepted.RemoteId, accepted.RemoteData))).ShouldBeOfType<CheckOutcome.Failed>();

        failed.Code.ShouldBe(code);
        failed.Text.ShouldBe(text);
    }

    [Fact]
    public async Task Check_AfterARestart_GoesOnByTheRemoteId()
    {
        var submission = Scene.Submission(Ask("x [lab:queued=1,running=2]") with { Session = _session });
        var accepted = await AcceptedAsync(Connect(), submission);
        var job = Scene.Job(submission, accepted.RemoteId, accepted.RemoteData);
        (await Connect().CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Running>().Word.ShouldBe("queued");

        var end = (await EndAsync(Connect(), job)).ShouldBeOfType<CheckOutcome.Finished>();

        LabPictures.FormatOf(end.Outputs.ShouldHaveSingleItem().Inline!).ShouldBe("png");
        end.CostUsd.ShouldBeNull("the tokens of the picture are not itemised");
        Lab.Ledger.Creates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cancel_StopsWhatRunsInTheBackground()
    {
        var provider = Connect();
        var cancelling = provider.ShouldBeAssignableTo<ICancellingProvider>()!;
        var submission = Scene.Submission(Ask("x [lab:running=50]"), Mainline);
        var accepted = await AcceptedAsync(provider, submission);
        var job = Scene.Job(submission, accepted.RemoteId, accepted.RemoteData);

        (await cancelling.CancelAsync(job, Cancel)).ShouldBeTrue();
        (await provider.CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.Cancelled);
        (await cancelling.CancelAsync(job with { RemoteId = "resp_unknown" }, Cancel)).ShouldBeTrue("it is no longer there");
        Lab.PlayAlways("503");
        (await cancelling.CancelAsync(job, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancel_WhatIsDoneOrNotInTheBackground_GoesOn()
    {
        var provider = Connect();
        var cancelling = provider.ShouldBeAssignableTo<ICancellingProvider>()!;
        var submission = Scene.Submission(Ask("x" + Quick), Mainline);
        var accepted = await AcceptedAsync(provider, submission);
        (await cancelling.CancelAsync(Scene.Job(submission, accepted.RemoteId, accepted.RemoteData), Cancel)).ShouldBeFalse();

        var picture = Scene.Submission(Ask("x"));
        var done = (await provider.SubmitAsync(picture, Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();
        (await cancelling.CancelAsync(Scene.Job(picture, done.RemoteId, done.RemoteData), Cancel)).ShouldBeFalse();
        Connect("images").ShouldNotBeAssignableTo<ICancellingProvider>();
        provider.ShouldNotBeAssignableTo<IReconcilingProvider>();
    }

    [Theory]
    [InlineData("openai", "several")]
    [InlineData("images", "analyze")]
    public async Task Submit_WhatCannotBeSaid_IsRefusedUnsent(string dialect, string wish)
    {
        var request = wish == "several" ? Ask("x") with { Session = _session, Count = 2 } : Ask("x") with { Analyze = true };

        (await Connect(dialect).SubmitAsync(Scene.Submission(request), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_PreviousTurnUnknownThere_IsRefusedWithItsWords()
    {
        var first = await TurnAsync(Connect(), Ask("a red house" + Quick) with { Session = _session });
        var lost = first.Source with { RemoteId = "resp_" + new string('0', 32) };

        (await Connect().SubmitAsync(Scene.Submission(Ask("add a tree") with { Session = _session }, source: lost), Cancel))
            .ShouldBeOfType<SubmitOutcome.Refused>().Text.ShouldContain("not found");
        Lab.Ledger.Creates.Count.ShouldBe(1);
    }

    private JsonNode LastTurn() => Lab.Traffic.Sent.Last(sent => sent.Method == "POST").Json!;
}
