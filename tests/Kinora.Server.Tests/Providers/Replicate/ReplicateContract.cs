using Kinora.Adapters.Providers.Replicate;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Server.Tests.Providers.Replicate;

public sealed class ReplicateContract : ProviderContract
{
    protected override string Model => "bytedance/seedance-1-lite";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new ReplicateModule(), new Uri(lab, "/replicate/v1"), key);

    protected override GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(854, 480), Seconds = 1 };

    // It tells no progress.
    protected override string ExpectedOfPoll(string fault, string outcome) => fault == "over_100" ? "Running" : outcome;

    // Its word for what took too long is "aborted", which others say of failures.
    protected override string ExpectedOfEnd(string end, string code) => end == "expired" ? ErrorCodes.ProviderFailed : code;
}
