using Kinora.Adapters.Providers.Runway;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Server.Tests.Providers.Runway;

public sealed class RunwayContract : ProviderContract
{
    protected override string Model => "gen4.5";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new RunwayModule(), new Uri(lab, "/runway"), key);

    protected override GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(1280, 720), Seconds = 1 };

    // It has no word for a job that expired.
    protected override string ExpectedOfEnd(string end, string code) => end == "expired" ? ErrorCodes.ProviderFailed : code;
}
