using Kinora.Adapters.Providers.Fal;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Server.Tests.Providers.Fal;

public sealed class FalContract : ProviderContract
{
    protected override string Model => "fal-ai/pixverse/v6";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new FalModule(), new Uri(lab, "/fal"), key);

    protected override GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(640, 360), Seconds = 1 };

    // Progress is no part of its queue.
    protected override string ExpectedOfPoll(string fault, string outcome) => fault == "over_100" ? "Running" : outcome;

    // What fails there is told by a 422 that names an input.
    protected override string ExpectedOfEnd(string end, string code) => end == "failed" ? ErrorCodes.ProviderRefused : code;
}
