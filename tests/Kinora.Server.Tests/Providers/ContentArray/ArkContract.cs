using Kinora.Adapters.Providers.ContentArray;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Server.Tests.Providers.ContentArray;

public sealed class ArkContract : ProviderContract
{
    protected override string Model => "dreamina-seedance-2-5-260628";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new ArkModule(), new Uri(lab, "/ark/api/v3"), key);

    protected override GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(1280, 720), Seconds = 1 };

    // It tells no progress.
    protected override string ExpectedOfPoll(string fault, string outcome) => fault == "over_100" ? "Running" : outcome;
}
