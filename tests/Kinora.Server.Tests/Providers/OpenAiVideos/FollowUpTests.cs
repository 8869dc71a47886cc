using System.Text.Json;
using Kinora.Adapters.Providers.OpenAiVideos;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiVideos;

/// <summary>Edits, extensions, cancelling, and what a dialect cannot say.</summary>
public sealed class FollowUpTests : OpenAiVideosTests
{
    [Theory]
    [InlineData(Operation.Edit, "/videos/edits")]
    [InlineData(Operation.Extend, "/videos/extensions")]
    public async Task Submit_OwnSource_GoesById(Operation operation, string path)
    {
        var provider = Connect("openai");
        var first = Scene.Submission(Ask("first"));
        var id = (await provider.SubmitAsync(first, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId;
        var source = new SourceJob(first.JobId, id, provider.Name, first.Request, "", []);

        (await provider.SubmitAsync(Scene.Submission(Ask("more") with { Operation = operation }, source: source), Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();

        var row = Lab.Ledger.Creates[^1];
        row.Path.ShouldEndWith(path);
        row.Fields["video"].ShouldContain(id);
        row.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_SourceFromElsewhere_GoesAsAFile()
    {
        var video = Scene.Write("source.mp4", [.. new byte[1234]]);
        var source = new SourceJob(JobId.New(new SystemRandomBytes()), "remote-elsewhere", "other", Ask("first"), video, []);

        (await Connect("openai").SubmitAsync(Scene.Submission(Ask("more") with { Operation = Operation.Extend, Seconds = 8 }, source: source), Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();

        var row = Lab.Ledger.Creates.ShouldHaveSingleItem();
        row.Fields["seconds"].ShouldBe("8");
        row.Files.ShouldHaveSingleItem().Bytes.ShouldBe(1234);
    }

    [Theory]
    [InlineData(Operation.Edit, "video/mp4", ".mp4")]
    [InlineData(Operation.Extend, "video/webm", ".webm")]
    public async Task Submit_Upload_GoesAsAFileWithItsModel(Operation operation, string type, string ending)
    {
        var upload = new InputVideo("0123", type, 320, 180, 2);
        Scene.Write("0123", [.. new byte[1234]]);

        var outcome = await Connect("openai").SubmitAsync(Scene.Submission(Ask("more") with { Operation = operation, Seconds = 8, SourceVideo = upload }), Cancel);

        outcome.ShouldBeOfType<SubmitOutcome.Accepted>();
        var row = Lab.Ledger.Creates.ShouldHaveSingleItem();
        row.Path.ShouldEndWith(operation == Operation.Edit ? "/videos/edits" : "/videos/extensions");
        row.Fields["model"].ShouldBe("lab-video");
        row.Fields.GetValueOrDefault("seconds").ShouldBe(operation == Operation.Edit ? null : "8");
        var file = row.Files.ShouldHaveSingleItem();
        (file.Field, file.Bytes, file.Type, Path.GetExtension(file.Name)).ShouldBe(("video", 1234, type, ending));
    }

    [Fact]
    public async Task Submit_UploadThatIsGone_IsSurelyNotSent()
    {
        Scene.Lost = true;

        (await Connect("openai").SubmitAsync(
            Scene.Submission(Ask("more") with { Operation = Operation.Edit, SourceVideo = new InputVideo("0123", "video/mp4", 1, 1, 1) }), Cancel))
            .ShouldBeOfType<SubmitOutcome.NotSent>();
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("openai", true)]
    [InlineData("vllm-omni", false)]
    [InlineData("litellm", false)]
    public async Task Model_TakesUploadsOnlyWhereTheShapeHasThem(string dialect, bool takes) =>
        (await Connect(dialect).DescribeAsync("lab-video", Cancel))!.TakesVideo.ShouldBe(takes);

    [Fact]
    public async Task Extension_OfTheServersOwn_IsTheStitchedWhole()
    {
        var provider = Connect("openai");
        var first = Scene.Submission(Ask("first [lab:queued=0,running=0]") with { Seconds = 4, Size = new(320, 180) });
        var id = (await provider.SubmitAsync(first, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId;
        var more = Scene.Submission(
            Ask("more [lab:queued=0,running=0]") with { Operation = Operation.Extend, Seconds = 8 }, source: new SourceJob(first.JobId, id, provider.Name, first.Request, "", []));
        var longer = (await provider.SubmitAsync(more, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId;

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "any-key");
        var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(Lab.BaseUrl, $"/openai/v1/videos/{longer}"), Cancel)).RootElement;
        (answer.GetProperty("seconds").GetString(), answer.GetProperty("size").GetString()).ShouldBe(("12", "320x180"));
    }

    [Fact]
    public async Task Submit_RemixOfAnIdWithAColon_FindsIt()
    {
        var provider = Connect("juxin");
        var first = Scene.Submission(Ask("first"));
        var id = (await provider.SubmitAsync(first, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId;
        id.ShouldStartWith("sora-2:task_");

        var remix = Ask("second") with { Operation = Operation.Remix };
        (await provider.SubmitAsync(Scene.Submission(remix, source: new SourceJob(first.JobId, id, "lab", first.Request, "", [])), Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();
    }

    public static TheoryData<string, string> Unsayable => new()
    {
        { "openai", "seed" },
        { "openai", "negative" },
        { "openai", "audio" },
        { "sglang", "audio" },
        { "vllm-omni", "last frame" },
        { "vllm-omni", "reference" },
        { "vllm-omni", "remix" },
        { "sglang", "extend" },
        { "juxin", "square" },
    };

    [Theory]
    [MemberData(nameof(Unsayable))]
    public async Task Submit_WhatTheDialectCannotSay_IsRefusedUnsent(string dialect, string wish)
    {
        var picture = Scene.Picture(100);
        var request = wish switch
        {
            "seed" => Ask("x") with { Seed = 1 },
            "negative" => Ask("x") with { NegativePrompt = "rain" },
            "audio" => Ask("x") with { Audio = true },
            "last frame" => Ask("x") with { LastFrame = picture },
            "reference" => Ask("x") with { References = [picture] },
            "remix" => Ask("x") with { Operation = Operation.Remix },
            "extend" => Ask("x") with { Operation = Operation.Extend },
            _ => Ask("x") with { Size = new(512, 512) },
        };

        (await Connect(dialect).SubmitAsync(Scene.Submission(request), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_WhatOnlyEnginesTake_Arrives()
    {
        await Connect("vllm-omni").SubmitAsync(Scene.Submission(Ask("x") with { Seed = 42, NegativePrompt = "rain", Audio = false }), Cancel);
        await Connect("sglang").SubmitAsync(Scene.Submission(Ask("x") with { Seed = 43, NegativePrompt = "snow" }), Cancel);

        var (omni, sglang) = (Lab.Ledger.Creates[0].Fields, Lab.Ledger.Creates[1].Fields);
        (omni["seed"], omni["negative_prompt"], omni["generate_sound"]).ShouldBe(("42", "rain", "false"));
        (sglang["seed"], sglang["negative_prompt"]).ShouldBe(("43", "snow"));
    }

    [Fact]
    public async Task Cancel_WhereDeleteStops_Stops()
    {
        var provider = Connect("vllm-omni");
        var submission = Scene.Submission(Ask("x"));
        var job = Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);
        var cancelling = provider.ShouldBeAssignableTo<ICancellingProvider>()!;

        (await cancelling.CancelAsync(job, Cancel)).ShouldBeTrue();
        (await cancelling.CancelAsync(job, Cancel)).ShouldBeTrue("it is no longer there");
        Lab.PlayAlways("503");
        (await cancelling.CancelAsync(job, Cancel)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("openai", false, true)]
    [InlineData("vllm-omni", true, true)]
    [InlineData("sglang", false, true)]
    [InlineData("trtllm", false, false)]
    [InlineData("litellm", false, true)]
    [InlineData("new-api", false, false)]
    [InlineData("juxin", false, false)]
    [InlineData("generic", false, false)]
    public void Dialect_PromisesOnlyWhatItKeeps(string dialect, bool cancels, bool reconciles)
    {
        var provider = Connect(dialect, prefix: "openai");

        (provider is ICancellingProvider).ShouldBe(cancels);
        (provider is IReconcilingProvider).ShouldBe(reconciles);
    }

    [Fact]
    public async Task Submit_BytesWithTheAnswer_AreTheResult()
    {
        var done = (await Connect("generic", prefix: "dynamo").SubmitAsync(Scene.Submission(Ask("x [lab:inline=1]")), Cancel)).ShouldBeOfType<SubmitOutcome.Finished>();

        done.Outputs.ShouldHaveSingleItem().Inline!.AsSpan(4, 4).SequenceEqual("ftyp"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Open_BeforeTheEnd_IsNotGone()
    {
        var provider = Connect("sglang");
        var submission = Scene.Submission(Ask("x [lab:running=50]"));
        var job = Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);

        (await provider.OpenAsync(job, new RemoteOutput(), 0, Cancel)).ShouldBeOfType<OpenOutcome.Unreachable>();
    }

    [Fact]
    public async Task Open_DeadLinkOfARelay_IsMadeGoodByTheContentPath()
    {
        var provider = Connect("new-api");
        var submission = Scene.Submission(Ask("x [lab:content=expired*1,queued=0,running=0]"));
        var job = Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);
        var outputs = (await provider.CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Finished>().Outputs;
        outputs[0].Url!.ShouldContain("/lab/files/");

        var opened = (await provider.OpenAsync(job, outputs[0], 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();
        await opened.Body.DisposeAsync();
    }

    [Fact]
    public async Task ListModels_ServerAway_WaitsOnceForAll()
    {
        var provider = Connect("openai");
        Lab.PlayAlways("hang");
        await provider.ListModelsAsync(Cancel);

        var start = TimeProvider.System.GetTimestamp();
        (await provider.ListModelsAsync(Cancel)).ShouldBeEmpty();
        TimeProvider.System.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(0.5));
        (await provider.DescribeAsync("any-name", Cancel))!.Id.ShouldBe("lab/any-name");
    }

    [Fact]
    public void Module_NamesEveryFault()
    {
        var faults = new OpenAiVideosModule().Check(new ProviderSettings
        {
            Name = "gpu",
            Kind = "openai-videos",
            Dialect = "klingon",
            ApiKey = "two words",
            Extra = new Dictionary<string, string> { ["TimeoutSeconds"] = "0" },
        });

        faults.Count.ShouldBe(4);
        faults.ShouldAllBe(fault => fault.StartsWith("Providers:gpu:", StringComparison.Ordinal));
    }

    [Fact]
    public void Module_MissingKey_IsAFaultWhereOneIsNeeded() =>
        new OpenAiVideosModule().Check(new ProviderSettings { Name = "x", Kind = "openai-videos", Dialect = "litellm", BaseUrl = Lab.BaseUrl }).ShouldHaveSingleItem().ShouldContain("ApiKey");
}
