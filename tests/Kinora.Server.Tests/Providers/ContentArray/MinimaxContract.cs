using Kinora.Adapters.Providers.ContentArray;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Server.Tests.Providers.ContentArray;

public sealed class MinimaxContract : ProviderContract
{
    protected override string Model => "MiniMax-H3";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new MinimaxModule(), new Uri(lab, "/minimax"), key);

    protected override GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(1366, 768), Seconds = 1 };

    // It tells no progress.
    protected override string ExpectedOfPoll(string fault, string outcome) => fault == "over_100" ? "Running" : outcome;
}
