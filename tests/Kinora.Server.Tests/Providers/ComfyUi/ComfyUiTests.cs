using System.Text.Json.Nodes;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.ComfyUi;

/// <summary>What is particular about ComfyUI. It has no client of its own: requests are compared with the documented ones.</summary>
public sealed class ComfyUiTests : FidelityScene
{
    private readonly ComfyFolder _folder = new();

    private IMediaProvider Provider => _folder.Connect(Lab.BaseUrl);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Create_IsTheGraphWithWhatWasAsked_UnderOurId()
    {
        var submission = Scene.Submission(Ask("a quiet harbour") with { NegativePrompt = "rain", Seed = 7, Size = new FrameSize(640, 360), Seconds = 2.2 }, "wan");

        await Provider.SubmitAsync(submission, Cancel);

        var sent = Lab.Traffic.Sent.Single(request => request.Method == "POST");
        sent.Path.ShouldBe("/comfy/prompt");
        var body = sent.Json!.AsObject();
        body.Select(pair => pair.Key).ShouldBe(["prompt", "prompt_id", "client_id"]);
        body["prompt_id"]!.ToString().ShouldBe(submission.JobId.Uuid);
        var expected = JsonNode.Parse(ComfyFolder.Graph)!;
        expected["6"]!["inputs"]!["text"] = "a quiet harbour";
        expected["7"]!["inputs"]!["text"] = "rain";
        expected["3"]!["inputs"]!["seed"] = 7;
        (expected["5"]!["inputs"]!["width"], expected["5"]!["inputs"]!["height"]) = (640, 360);
        expected["5"]!["inputs"]!["length"] = 37; // 2.2 seconds of 16 frames, to a multiple of 4, and 1.
        JsonNode.DeepEquals(body["prompt"], expected).ShouldBeTrue(body["prompt"]!.ToJsonString());
    }

    [Fact]
    public async Task Create_WithoutASeed_HasOneOfItsOwn()
    {
        var provider = Provider;

        await provider.SubmitAsync(Scene.Submission(Ask("one"), "wan"), Cancel);
        await provider.SubmitAsync(Scene.Submission(Ask("one"), "wan"), Cancel);

        Lab.Traffic.Sent.Where(request => request.Path == "/comfy/prompt").Select(request => request.Json!["prompt"]!["3"]!["inputs"]!["seed"]!.GetValue<long>())
            .Distinct().Count().ShouldBe(2, "equal graphs would be answered from the cache");
    }

    [Fact]
    public async Task Picture_IsUploadedBeforeTheCreate()
    {
        var submission = Scene.Submission(Ask("it moves") with { Size = null, Seconds = null, FirstFrame = One }, "moves");

        (await Provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();

        var sent = Lab.Traffic.Sent.Where(request => request.Method == "POST").ToList();
        sent.Select(request => request.Path).ShouldBe(["/comfy/upload/image", "/comfy/prompt"]);
        sent[0].Fields.ShouldBeEquivalentTo(new Dictionary<string, string> { ["type"] = "input", ["subfolder"] = "kinora", ["overwrite"] = "true" });
        sent[0].Files!.ShouldHaveSingleItem().Field.ShouldBe("image");
        sent[1].Json!["prompt"]!["52"]!["inputs"]!["image"]!.ToString().ShouldBe($"kinora/{One.Sha256[..32]}.png");
    }

    [Fact]
    public async Task Picture_NotTaken_NothingIsCreated()
    {
        Lab.PlayAlways("503");
        var submission = Scene.Submission(Ask("it moves") with { Size = null, Seconds = null, FirstFrame = One }, "moves");

        (await Provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.NotSent>().IsLocal.ShouldBeFalse();

        Lab.Traffic.Sent.ShouldHaveSingleItem().Path.ShouldBe("/comfy/upload/image");
    }

    [Fact]
    public async Task Create_NodeIsWrong_ItsMessageIsTold()
    {
        var answer = JsonNode.Parse("""
            {"error":{"type":"prompt_outputs_failed_validation","message":"Prompt outputs failed validation","details":"","extra_info":{}},
             "node_errors":{"4":{"errors":[{"type":"value_not_in_list","message":"Value not in list","details":"ckpt_name: 'wan.safetensors' not in []"}],"class_type":"CheckpointLoaderSimple"}}}
            """)!;
        await using var server = await OneAnswer.StartAsync(answer, 400);

        var refused = (await _folder.Connect(server.BaseUrl).SubmitAsync(Scene.Submission(Ask("x"), "wan"), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>();

        refused.Code.ShouldBe(ErrorCodes.ProviderRefused);
        refused.Text.ShouldContain("node 4 (CheckpointLoaderSimple): Value not in list ckpt_name: 'wan.safetensors' not in []");
    }

    [Fact]
    public async Task Execution_Fails_TheNodeIsNamed()
    {
        var provider = Provider;
        var (_, job) = await BeginAsync(provider, "x [lab:end=failed,queued=0,running=0]");

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Failed>().Text.ShouldContain("node 3 (KSampler): The script said so");
    }

    [Fact]
    public async Task Find_DoubtfulCreate_ByOurIdInQueueOrHistory()
    {
        var provider = (IReconcilingProvider)Provider;
        var waits = Scene.Submission(Ask("waits [lab:create=reset_after_accept]"), "wan");
        var done = Scene.Submission(Ask("done [lab:create=reset_after_accept,queued=0,running=0]"), "wan");
        foreach (var submission in new[] { waits, done })
        {
            (await ((IMediaProvider)provider).SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Unknown>();
            (await FindAsync(submission)).ShouldBe(submission.JobId.Uuid);
        }

        (await FindAsync(Scene.Submission(Ask("never sent"), "wan"))).ShouldBeNull();

        Task<string?> FindAsync(Submission submission) => provider.FindAsync(submission, DateTimeOffset.UnixEpoch, _ => Task.FromResult(false), Cancel).IdAsync();
    }

    [Fact]
    public async Task Look_ManyJobs_OneReadingOfTheQueueTellsOfAll()
    {
        var clock = new HandClock();
        var provider = _folder.Connect(Lab.BaseUrl, clock: clock);
        var jobs = new List<RemoteJob>();
        for (var number = 0; number < 5; number++)
        {
            jobs.Add((await BeginAsync(provider, "x [lab:queued=50]")).Job);
        }

        (await ReadingsAsync()).ShouldBe(1);
        clock.Now += TimeSpan.FromMilliseconds(900);
        (await ReadingsAsync()).ShouldBe(0);
        clock.Now += TimeSpan.FromMilliseconds(200);
        (await ReadingsAsync()).ShouldBe(1);
        clock.Now -= TimeSpan.FromHours(1);
        (await ReadingsAsync()).ShouldBe(1, "a clock that was set back must not keep an old reading alive");

        async Task<int> ReadingsAsync()
        {
            var before = Readings();
            foreach (var job in jobs)
            {
                (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>().Word.ShouldBe("pending");
            }

            return Readings() - before;
        }

        int Readings() => Lab.Traffic.Sent.Count(request => request is { Path: "/comfy/queue", Method: "GET" });
    }

    [Fact]
    public async Task Restart_LosesTheJob_AndThatIsTold()
    {
        var clock = new HandClock();
        var provider = _folder.Connect(Lab.BaseUrl, clock: clock);
        var (submission, job) = await BeginAsync(provider, "x");
        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>().Word.ShouldBe("pending");
        using var client = new HttpClient();
        await client.PostAsync(new Uri(Lab.BaseUrl, "/lab/comfy/restart"), null, Cancel);
        clock.Now += TimeSpan.FromSeconds(2);

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Missing>().Text.ShouldContain("neither in its history nor in its queue");
        (await ((IReconcilingProvider)provider).FindAsync(submission, DateTimeOffset.UnixEpoch, _ => Task.FromResult(false), Cancel).IdAsync()).ShouldBeNull();
        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeTrue("it is no longer there");
    }

    [Fact]
    public async Task Cancel_Waiting_IsTakenOutOfTheQueue()
    {
        var provider = Provider;
        var (_, job) = await BeginAsync(provider, "x [lab:queued=50]");

        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeTrue();

        Lab.Traffic.Sent.ShouldContain(request => request.Path == "/comfy/queue" && request.Method == "POST");
        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Missing>();
    }

    [Fact]
    public async Task Cancel_Running_IsInterrupted()
    {
        var provider = Provider;
        var (_, job) = await BeginAsync(provider, "x [lab:queued=0,running=50]");
        await LookAsync(provider, job);

        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeTrue();

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.Cancelled);
    }

    [Theory]
    [InlineData("503")]
    [InlineData(null)]
    public async Task Cancel_NobodyAnswersOrItIsDone_IsFalse(string? outage)
    {
        var provider = Provider;
        var (_, job) = await BeginAsync(provider, "x [lab:queued=0,running=0]");
        Lab.PlayAlways(outage);

        (await ((ICancellingProvider)provider).CancelAsync(job, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Progress_ComesOverTheWebSocket()
    {
        var provider = Provider;
        var (_, job) = await BeginAsync(provider, "x [lab:queued=0,running=10000]");

        double? part;
        do
        {
            await Task.Delay(10, Cancel);
            part = (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Running>().Progress;
        }
        while (part is not > 0.39);

        // Of five nodes one is cached, and the second is done.
        part.ShouldBe(0.4);
    }

    public static TheoryData<string, string> Unbound => new() { { "size", "its size" }, { "seconds", "its length" }, { "audio", "its sound" }, { "nothing", "needs a first frame" } };

    [Theory]
    [MemberData(nameof(Unbound))]
    public async Task Submit_WhatIsNotBound_IsRefusedUnsent(string what, string reason)
    {
        var request = Ask("x") with
        {
            Size = what == "size" ? new FrameSize(320, 180) : null,
            Seconds = what == "seconds" ? 1 : null,
            Audio = what == "audio" ? true : null,
            FirstFrame = what == "nothing" ? null : One,
        };

        (await Provider.SubmitAsync(Scene.Submission(request, "moves"), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Text.ShouldContain(reason);

        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Picture_ThatIsGoneOnFrom_IsTheFirstReference()
    {
        _folder.Write("paint", ComfyFolder.PictureGraph, """{ "kind": "image", "prompt": { "node": "6", "input": "text" }, "references": [{ "node": "52", "input": "image" }], "output": "9" }""");
        var request = new GenerationRequest { Kind = MediaKind.Image, Prompt = "more snow" };
        var before = new SourceJob(Scene.Submission(request).JobId, null, "other", request, Scene.Write("before.png", [1, 2, 3]), ["snow"]) { MimeType = "image/png" };
        var provider = Provider;

        (await provider.SubmitAsync(Scene.Submission(request, "paint", before), Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        (await provider.SubmitAsync(Scene.Submission(request, "paint", before with { FilePath = before.FilePath + ".gone" }), Cancel))
            .ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.AssetMissing);

        Lab.Traffic.Sent.Select(sent => sent.Path).ShouldBe(["/comfy/upload/image", "/comfy/prompt"]);
        Lab.Traffic.Sent[0].Files!.ShouldHaveSingleItem().Bytes.ShouldBe(3);
    }

    [Fact]
    public async Task WorkflowRenamed_ItsJobsStillComeHome()
    {
        var provider = Provider;
        var submission = Scene.Submission(Ask("x [lab:queued=0,running=0]"), "wan");
        var accepted = (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
        var job = Scene.Job(submission, accepted.RemoteId, accepted.RemoteData) with { ModelName = "of-yesterday" };

        (await LookAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>();
        (await LookAsync(provider, job with { RemoteData = null })).ShouldBeOfType<CheckOutcome.Finished>();
        (await LookAsync(provider, job with { RemoteData = "3" })).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.AssetMissing);
    }

    private async Task<(Submission Submission, RemoteJob Job)> BeginAsync(IMediaProvider provider, string prompt)
    {
        var submission = Scene.Submission(Ask(prompt), "wan");
        return (submission, Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId));
    }

    private static Task<CheckOutcome> LookAsync(IMediaProvider provider, RemoteJob job) => provider.CheckAsync(job, new Progress<double>(), Cancel);

    private static GenerationRequest Ask(string prompt) => new() { Prompt = prompt, Size = new FrameSize(320, 180), Seconds = 1 };
}
