using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Relay;

/// <summary>What relays are known for: links in odd places or late, words that hide others, ids that change, pages in place of jobs.</summary>
public sealed class RelayQuirksTests : IAsyncLifetime
{
    private readonly HandClock _clock = new();
    private readonly ProviderScene _scene = new() { Model = "sora-2" };
    private LabServer _lab = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await LabServer.StartAsync(new LabOptions { Clock = _clock });

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _scene.Dispose();
    }

    public static TheoryData<string, string, string> LinksFound => new()
    {
        { "juxin", "juxin-unified", "no_link_once" },
        { "juxin", "juxin-unified", "detail_link" },
        { "juxin", "juxin-unified", "draft_link" },
        { "juxin", "juxin-unified", "numbers" },
        { "juxin", "juxin-unified", "other_door" },
        { "yunwu", "yunwu", "detail_link" },
        { "yunwu", "yunwu", "numbers" },
        { "t8star", "t8star", "detail_link" },
        { "t8star", "t8star", "no_link_once" },
        { "new-api", "new-api-neutral", "detail_link" },
        { "new-api", "new-api-neutral", "no_link_once" },
    };

    [Theory]
    [MemberData(nameof(LinksFound))]
    public async Task Check_LinkInAnOddPlace_IsFound(string profile, string prefix, string quirk)
    {
        var provider = Connect(profile, prefix);
        var job = await MakeAsync(provider, $"[lab:quirk={quirk}]");

        var done = (await EndAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>();

        done.Outputs.ShouldHaveSingleItem().Url!.ShouldContain("/lab/files/");
    }

    [Theory]
    [InlineData("error_text", ErrorCodes.ProviderFailed)]
    [InlineData("error_object", ErrorCodes.ProviderFailed)]
    [InlineData("error_message", ErrorCodes.ProviderFailed)]
    [InlineData("failure_reason", ErrorCodes.ProviderFailed)]
    [InlineData("numbers", ErrorCodes.ProviderFailed)]
    public async Task Check_FailureInAnySpelling_IsToldWithItsReason(string quirk, string code)
    {
        var provider = Connect();
        var job = await MakeAsync(provider, $"[lab:end=failed,quirk={quirk}]");

        var failed = (await EndAsync(provider, job)).ShouldBeOfType<CheckOutcome.Failed>();

        failed.Code.ShouldBe(code);
        failed.Text.ShouldContain("The script said so");
    }

    [Fact]
    public async Task Check_DoneWithoutALink_IsLookedAtThreeTimesMoreThenMissing()
    {
        var provider = Connect();
        var job = await MakeAsync(provider, "[lab:queued=0,running=0,quirk=no_link]");

        for (var look = 0; look < 2; look++)
        {
            (await CheckAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>();
        }

        // Another process: what was counted is counted.
        var restarted = Connect();
        (await CheckAsync(restarted, job)).ShouldBeOfType<CheckOutcome.Running>();
        (await CheckAsync(restarted, job)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.AssetMissing);
    }

    [Fact]
    public async Task Check_ErrorInPlaceOfTheJob_IsBelievedWhenItStays()
    {
        var provider = Connect("new-api", "new-api-neutral");
        var job = await MakeAsync(provider, "[lab:queued=0,running=0,end=failed]");

        for (var look = 0; look < 3; look++)
        {
            (await CheckAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>();
        }

        (await CheckAsync(provider, job)).ShouldBeOfType<CheckOutcome.Failed>().Text.ShouldContain("The script said so");
    }

    [Fact]
    public async Task Check_OuterWordPending_InnerWordAndProgressCount()
    {
        var provider = Connect();
        var job = await MakeAsync(provider, "[lab:queued=1,running=2]");

        (await CheckAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>().Word.ShouldBe("pending");
        var running = (await CheckAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>();

        running.Word.ShouldBe("processing");
        running.Progress.ShouldBe(0.33);
    }

    [Fact]
    public async Task Check_ProgressAsText_IsAPart()
    {
        var provider = Connect("t8star", "t8star");
        var job = await MakeAsync(provider, "[lab:queued=0,running=2]");

        (await CheckAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>().Progress.ShouldBe(0.33);
    }

    [Fact]
    public async Task Check_OverTheirPace_WaitsAsTheySay()
    {
        var provider = Connect();
        var job = await MakeAsync(provider, "[lab:quirk=pace]");
        provider.Traits.MinPoll.ShouldBe(TimeSpan.FromSeconds(30));

        (await CheckAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>();
        (await CheckAsync(provider, job)).ShouldBeOfType<CheckOutcome.Unreachable>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        _clock.Now += provider.Traits.MinPoll;
        (await CheckAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>();
    }

    [Fact]
    public async Task Check_IdWithAColon_IsEncodedAndStaysTheCreatedOne()
    {
        var provider = Connect("yunwu", "yunwu");
        var job = await MakeAsync(provider, "");

        (await EndAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>();

        job.RemoteId.ShouldStartWith("jimeng:");
        var looks = _lab.Traffic.Requests.Where(request => request.Method == "GET").ToList();
        looks.Count.ShouldBe(4);
        looks.ShouldAllBe(request => request.Path.EndsWith("/v1/video/query?id=" + Uri.EscapeDataString(job.RemoteId), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_Text_SendsEveryRequiredField()
    {
        await MakeAsync(Connect(), "", new FrameSize(720, 1280));

        var create = _lab.Ledger.Creates.ShouldHaveSingleItem();
        create.Path.ShouldEndWith("/v1/video/create");
        create.Fields.Where(field => field.Key != "prompt").ShouldBe(
            new Dictionary<string, string>
            {
                ["images"] = "[]",
                ["model"] = "sora-2",
                ["orientation"] = "portrait",
                ["size"] = "small",
                ["duration"] = "10",
                ["watermark"] = "true",
                ["private"] = "true",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task Submit_OperatorsSettings_AreSaid()
    {
        var provider = Connect(extra: new() { ["Watermark"] = "false", ["Private"] = "false", ["CharacterUrl"] = "https://example.com/cat.mp4", ["CharacterTimestamps"] = "1,3" });

        await MakeAsync(provider, "");

        var fields = _lab.Ledger.Creates.ShouldHaveSingleItem().Fields;
        (fields["watermark"], fields["private"], fields["character_url"], fields["character_timestamps"]).ShouldBe(("false", "false", "https://example.com/cat.mp4", "1,3"));
    }

    [Fact]
    public async Task Submit_FirstFrame_GoesAsAFileToTheOtherDoor()
    {
        var provider = Connect();
        var picture = _scene.Picture();
        var job = await MakeAsync(provider, "", change: request => request with { FirstFrame = picture });

        (await EndAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>();

        var create = _lab.Ledger.Creates.ShouldHaveSingleItem();
        create.Path.ShouldEndWith("/v1/videos");
        (create.Fields["size"], create.Fields["seconds"], create.Fields["private"]).ShouldBe(("16x9", "10", "true"));
        create.Files.ShouldHaveSingleItem().Sha256.ShouldBe(picture.Sha256);
        _lab.Traffic.Requests.ShouldNotContain(request => request.Path.Contains("/query", StringComparison.Ordinal), "it is looked at where it was made");
    }

    [Fact]
    public async Task Submit_FirstFrameInJson_ArrivesIntact()
    {
        var picture = _scene.Picture();
        await MakeAsync(Connect("yunwu", "yunwu"), "", change: request => request with { FirstFrame = picture });

        _lab.Ledger.Creates.ShouldHaveSingleItem().Files.ShouldHaveSingleItem().Sha256.ShouldBe(picture.Sha256);
    }

    [Fact]
    public async Task Submit_FirstFrameWhereOnlyLinksAreTaken_IsRefusedUnsent()
    {
        var provider = Connect("apimart", "apimart");
        var outcome = await provider.SubmitAsync(_scene.Submission(new() { Prompt = "x", FirstFrame = _scene.Picture() }), Cancel);

        outcome.ShouldBeOfType<SubmitOutcome.Refused>().Text.ShouldContain("needs a public image URL");
        (await provider.DescribeAsync("sora-2", Cancel))!.FirstFrame.ShouldBeFalse();
        _lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_WhatTheBodyCannotSay_IsRefusedUnsent()
    {
        var wishes = new Func<GenerationRequest, GenerationRequest>[]
        {
            request => request with { Seed = 7 }, request => request with { NegativePrompt = "rain" }, request => request with { Audio = false }, request => request with { LastFrame = _scene.Picture() },
            request => request with { Size = new FrameSize(720, 720) }, request => request with { Operation = Operation.Edit },
        };
        foreach (var wish in wishes)
        {
            (await Connect().SubmitAsync(_scene.Submission(wish(Request(""))), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        }

        _lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("false", true, true)]
    [InlineData("true", true, false)]
    [InlineData("false", false, false)]
    public async Task Submit_Remix_OnlyOfOpenJobsUnderAFittingId(string isPrivate, bool withPicture, bool accepted)
    {
        var provider = Connect(extra: new() { ["Private"] = isPrivate });
        var first = _scene.Submission(Request("") with { FirstFrame = withPicture ? _scene.Picture() : null });
        var made = (await provider.SubmitAsync(first, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        var source = new SourceJob(first.JobId, made.RemoteId, "lab", first.Request, "", ["first"]) { RemoteData = made.RemoteData };

        var outcome = await provider.SubmitAsync(_scene.Submission(Request("") with { Operation = Operation.Remix, Source = first.JobId }, source: source), Cancel);

        (await provider.DescribeAsync("sora-2", Cancel))!.Remix.ShouldBe(isPrivate == "false");
        (outcome is SubmitOutcome.Accepted).ShouldBe(accepted);
        _lab.Ledger.Creates.Count.ShouldBe(accepted ? 2 : 1);
        if (accepted)
        {
            _lab.Ledger.Creates[^1].Path.ShouldBe($"/juxin-unified/v1/videos/{made.RemoteId}/remix");
        }
    }

    private static GenerationRequest Request(string script) => new() { Prompt = "a harbour " + script, Size = new FrameSize(1280, 720), Seconds = 10 };

    private IMediaProvider Connect(string profile = "juxin", string prefix = "juxin-unified", Dictionary<string, string>? extra = null) =>
        RelayScene.Connect(profile, new Uri(_lab.BaseUrl, "/" + prefix), "key", extra ?? [], _clock);

    private async Task<RemoteJob> MakeAsync(IMediaProvider provider, string script, FrameSize? size = null, Func<GenerationRequest, GenerationRequest>? change = null)
    {
        var request = Request(script) with { Size = size ?? new FrameSize(1280, 720) };
        var submission = _scene.Submission(change?.Invoke(request) ?? request);
        var accepted = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        return _scene.Job(submission, accepted.RemoteId, accepted.RemoteData);
    }

    private static Task<CheckOutcome> CheckAsync(IMediaProvider provider, RemoteJob job) => provider.CheckAsync(job, new Progress<double>(), Cancel);

    private static async Task<CheckOutcome> EndAsync(IMediaProvider provider, RemoteJob job)
    {
        for (var look = 0; look < 10; look++)
        {
            if (await CheckAsync(provider, job) is var outcome and not CheckOutcome.Running)
            {
                return outcome;
            }
        }

        throw new InvalidOperationException("The job does not end.");
    }
}
