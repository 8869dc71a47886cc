using Kinora.Adapters.Providers.OpenAiImages;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiImages;

/// <summary>The contract of all providers, for one way of making pictures.</summary>
public abstract class OpenAiImagesContract(string dialect, string prefix) : ProviderContract
{
    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new OpenAiImagesModule(), new Uri(lab, $"/{prefix}/v1"), key, dialect);

    protected override GenerationRequest Request(string prompt) => new() { Kind = MediaKind.Image, Prompt = prompt, Size = new FrameSize(1024, 1024) };

    protected override bool IsResult(ReadOnlySpan<byte> bytes) => LabPictures.FormatOf(bytes) == "png";

    [Fact]
    public async Task Submit_SaysWhatWasAsked()
    {
        var submission = Scene.Submission(Request("Ein Fuchs läuft über den Schnee, \"ganz\" still; 狐"));

        await ToTheEndAsync(Connect(Lab.BaseUrl), submission);

        var sent = Lab.Traffic.Sent.First(request => request.Method == "POST");
        sent.Json!.ToJsonString().ShouldContain("Schnee");
        sent.Headers["idempotency-key"].ShouldBe(submission.JobId.Hex);
        sent.Headers["accept"].ShouldBe("application/json");
    }
}

/// <summary>OpenAI's Images API: the pictures come with the answer.</summary>
public sealed class ImagesApi() : OpenAiImagesContract("openai", "openai")
{
    protected override bool Blocks => true;

    protected override bool EndsLater => false;

    protected override bool Links => false;

    protected override string Model => "gpt-image-2";

    // Pictures need no id.
    protected override string Expected(string fault, string outcome) => fault == "no_id" ? "Accepted" : outcome;
}

/// <summary>A server of one's own with the Images API alone, which answers with links.</summary>
public sealed class ImagesApiWithLinks() : OpenAiImagesContract("images", "images")
{
    protected override bool Blocks => true;

    protected override bool EndsLater => false;

    protected override string Model => "lab-image";

    protected override string Expected(string fault, string outcome) => fault == "no_id" ? "Accepted" : outcome;
}

/// <summary>The Responses API with the image tool.</summary>
public sealed class ResponsesApi() : OpenAiImagesContract("openai", "openai")
{
    protected override bool Links => false;

    protected override string Model => "gpt-5.6-sol";

    // There are no figures of progress.
    protected override string ExpectedOfPoll(string fault, string outcome) => fault == "over_100" ? "Running" : outcome;

    // A response cannot expire; the lab ends it as incomplete.
    protected override string ExpectedOfEnd(string end, string code) => end == "expired" ? ErrorCodes.ProviderFailed : code;
}
