using Kinora.Adapters.Providers.OpenAiVideos;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiVideos;

/// <summary>The contract, for one dialect against the server of the lab that speaks it.</summary>
public abstract class OpenAiVideosContract(string dialect, string prefix) : ProviderContract
{
    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new OpenAiVideosModule(), new Uri(lab, $"/{prefix}/v1"), key, dialect);

    [Fact]
    public async Task Submit_FirstFrame_ArrivesIntact()
    {
        var picture = Scene.Picture();
        var submission = Scene.Submission(Request("from a picture") with { FirstFrame = picture });

        await ToTheEndAsync(Connect(Lab.BaseUrl), submission);

        var file = Lab.Ledger.Creates.ShouldHaveSingleItem().Files.ShouldHaveSingleItem();
        file.Sha256.ShouldBe(picture.Sha256);
        file.Type.ShouldBe("image/png");
        file.Field.ShouldBe(Dialects.All[dialect].FileField);
    }

    [Fact]
    public async Task Submit_SaysWhatWasAsked()
    {
        await ToTheEndAsync(Connect(Lab.BaseUrl), Scene.Submission(Request("Ein Fuchs läuft über den Schnee, \"ganz\" still; 狐")));

        var fields = Lab.Ledger.Creates.ShouldHaveSingleItem().Fields;
        fields["model"].ShouldBe("lab-video");
        fields["seconds"].ShouldBe("1");
        fields["size"].ShouldBe(prefix == "juxin" ? "16x9" : "320x180");
        fields.ContainsKey("seed").ShouldBeFalse();
    }

    [Fact]
    public async Task Submit_Remix_FollowsTheDialect()
    {
        var provider = Connect(Lab.BaseUrl);
        var first = Scene.Submission(Request("first"));
        var (job, _) = await ToTheEndAsync(provider, first);
        var source = new SourceJob(job.JobId, job.RemoteId, provider.Name, first.Request, "", ["first"]);
        var remix = Scene.Submission(Request("second") with { Operation = Operation.Remix, Source = job.JobId }, source: source);

        var outcome = await provider.SubmitAsync(remix, Cancel);

        if ((await provider.DescribeAsync("lab-video", Cancel))!.Remix)
        {
            outcome.ShouldBeOfType<SubmitOutcome.Accepted>();
            Lab.Ledger.Creates[^1].Path.ShouldEndWith("/remix");
        }
        else
        {
            outcome.ShouldBeOfType<SubmitOutcome.Refused>();
            Lab.Ledger.Creates.Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Submit_SendsTheKeyAsTheDialectSays()
    {
        await ToTheEndAsync(Connect(Lab.BaseUrl), Scene.Submission(Request("x")));

        var key = Lab.Ledger.Creates.ShouldHaveSingleItem().Key;
        (key is null).ShouldBe(Dialects.All[dialect].Key == KeyRule.None);
    }

    [Fact]
    public async Task ListModels_AsksTheServer() =>
        (await Connect(Lab.BaseUrl).ListModelsAsync(Cancel)).ShouldHaveSingleItem().Id.ShouldBe("lab/lab-video");

    protected override GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(320, 180), Seconds = 1 };
}

public sealed class OpenAiDialect() : OpenAiVideosContract("openai", "openai");

public sealed class VllmOmniDialect() : OpenAiVideosContract("vllm-omni", "vllm-omni");

public sealed class SglangDialect() : OpenAiVideosContract("sglang", "sglang");

public sealed class TrtllmDialect() : OpenAiVideosContract("trtllm", "trtllm");

public sealed class LitellmDialect() : OpenAiVideosContract("litellm", "litellm");

public sealed class NewApiDialect() : OpenAiVideosContract("new-api", "new-api");

public sealed class JuxinDialect() : OpenAiVideosContract("juxin", "juxin")
{
    // What is not known here is asked for at the other door, where the job goes on.
    protected override string ExpectedOfPoll(string fault, string outcome) => fault is "404" or "vanish" or "model_not_found" or "html" ? "Running" : outcome;
}

/// <summary>A server that answers a create with the finished video.</summary>
public sealed class GenericDialectOnDynamo() : OpenAiVideosContract("generic", "dynamo")
{
    protected override bool Blocks => true;

    // Large answers are read, since they may hold the video; and a video needs no id.
    protected override string Expected(string fault, string outcome) => fault is "huge" or "no_id" ? "Accepted" : outcome;
}
