using System.Text.Json.Nodes;
using Kinora.Adapters.Providers.Runway;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Runway;

/// <summary>What is particular about Runway.</summary>
public sealed class RunwayTests : FidelityScene
{
    private static readonly FrameSize _wide = new(1280, 720);

    private IMediaProvider Provider => Connect(new RunwayModule(), new Uri(Lab.BaseUrl, "/runway"));

    [Fact]
    public async Task Throttled_IsQueued_AndTheBillIsInDollars()
    {
        var provider = Provider;
        var job = await BeginAsync(provider, "a queue [lab:queued=3,running=1]");

        for (var look = 0; look < 3; look++)
        {
            (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>().ShouldSatisfyAllConditions(at => at.Word.ShouldBe("THROTTLED"), at => at.Progress.ShouldBeNull());
        }

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>().Progress.ShouldBe(0.5);
        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>().CostUsd.ShouldBe(0.25m);
    }

    [Fact]
    public async Task Cancel_RunningTask_StopsIt()
    {
        var provider = Provider;
        var job = await BeginAsync(provider, "a walk [lab:running=50]");

        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeTrue();

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.Cancelled);
    }

    [Fact]
    public async Task Cancel_FinishedTask_LeavesItsVideoThere()
    {
        var provider = Provider;
        var job = await BeginAsync(provider, "a walk [lab:queued=0,running=0]");

        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeFalse();

        Lab.Traffic.Requests.ShouldNotContain(request => request.Method == "DELETE");
        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>();
    }

    [Fact]
    public async Task Cancel_NobodyAnswers_IsNotBelieved()
    {
        var provider = Provider;
        var job = await BeginAsync(provider, "a walk");
        Lab.PlayAlways("503");

        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("SAFETY.INPUT.TEXT", ErrorCodes.ContentPolicy)]
    [InlineData("INPUT_PREPROCESSING.SAFETY.TEXT", ErrorCodes.ContentPolicy)]
    [InlineData("INPUT_PREPROCESSING.UNREADABLE", ErrorCodes.ProviderRefused)]
    [InlineData("INPUT_PREPROCESSING.INTERNAL", ErrorCodes.ProviderFailed)]
    [InlineData("INTERNAL.BAD_OUTPUT.CODE01", ErrorCodes.ProviderFailed)]
    [InlineData("", ErrorCodes.ProviderFailed)]
    public async Task FailureCode_ItsFamilyCounts(string code, string ours)
    {
        await using var server = await OneAnswer.StartAsync(new JsonObject { ["id"] = "t", ["status"] = "FAILED", ["failure"] = "It did not work.", ["failureCode"] = code });
        var provider = Connect(new RunwayModule(), server.BaseUrl);

        var end = (await LookAsync(provider, Scene.Job(Scene.Submission(Ask("x")), "t"))).ShouldBeOfType<CheckOutcome.Failed>();

        end.Code.ShouldBe(ours);
        end.Text.ShouldContain("It did not work");
    }

    public static TheoryData<string, string, string> Unsayable => new()
    {
        { "gen4_turbo", "", "first frame only" },
        { "gen4.5", "square", "1280x720 or 720x1280" },
        { "aleph2", "", "only edits videos" },
        { "veo3.1", "last", "beside a first one" },
        { "seedance2", "frame references", "not both" },
        { "hailuo3", "silent", "no switch for the sound" },
        { "h3_max", "square", "480 or 768 lines" },
    };

    [Theory]
    [MemberData(nameof(Unsayable))]
    public async Task Submit_WhatTheModelCannotDo_IsRefusedUnsent(string model, string what, string reason)
    {
        var request = Ask("x") with
        {
            Size = what == "square" ? new FrameSize(960, 960) : _wide,
            FirstFrame = what.Contains("frame") ? One : null,
            LastFrame = what == "last" ? One : null,
            References = what.Contains("references") ? [Two] : [],
            Audio = what == "silent" ? false : null,
        };

        var refused = (await Provider.SubmitAsync(Scene.Submission(request, model), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>();

        refused.Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        refused.Text.ShouldContain(reason);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_PictureTooLargeForARequest_IsRefusedUnsent()
    {
        var request = Ask("x") with { FirstFrame = Scene.Picture(3_932_160) };

        (await Provider.SubmitAsync(Scene.Submission(request, "gen4_turbo"), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Text.ShouldContain("3.7 MB");
    }

    [Fact]
    public void Models_EveryFrameIsOneThatIsMade() =>
        RunwayModels.At("runway").Where(model => model.Info.Sizes is { } sizes && !sizes.Allows(sizes.Default)).ShouldBeEmpty();

    private async Task<RemoteJob> BeginAsync(IMediaProvider provider, string prompt)
    {
        var submission = Scene.Submission(Ask(prompt), "gen4.5");
        return Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);
    }

    private static Task<CheckOutcome> LookAsync(IMediaProvider provider, RemoteJob job) => provider.CheckAsync(job, new Progress<double>(), Cancel);

    private static GenerationRequest Ask(string prompt) => new() { Prompt = prompt, Size = _wide, Seconds = 5 };
}
