using Kinora.Errors;
using Kinora.Providers;

namespace Kinora.Server.Tests.Providers.ComfyUi;

public sealed class ComfyUiContract : ProviderContract
{
    private readonly ComfyFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override string Model => "wan";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => _folder.Connect(lab, key, Clock);

    // Its history says nothing before the end; how far a job is comes over the WebSocket.
    protected override string ExpectedOfPoll(string fault, string outcome) => fault == "over_100" ? "Running" : outcome;

    // It knows an error and an interruption, nothing else.
    protected override string ExpectedOfEnd(string end, string code) => end == "cancelled" ? code : ErrorCodes.ProviderFailed;
}
