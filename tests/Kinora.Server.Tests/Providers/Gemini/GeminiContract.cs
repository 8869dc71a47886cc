using Kinora.Adapters.Providers.Gemini;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Server.Tests.Providers.Gemini;

public sealed class GeminiContract : ProviderContract
{
    protected override string Model => "gemini-omni-1.2-flash";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new GeminiModule(), new Uri(lab, "/gemini"), key);

    protected override GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(640, 360), Seconds = 3 };

    // It tells no progress.
    protected override string ExpectedOfPoll(string fault, string outcome) => fault == "over_100" ? "Running" : outcome;

    // It has no word for a job that took too long.
    protected override string ExpectedOfEnd(string end, string code) => end == "expired" ? ErrorCodes.ProviderFailed : code;
}
