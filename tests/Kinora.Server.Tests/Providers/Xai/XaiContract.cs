using Kinora.Adapters.Providers.Xai;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;

namespace Kinora.Server.Tests.Providers.Xai;

public sealed class XaiContract : ProviderContract
{
    protected override string Model => "grok-imagine-video-1.5";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new XaiModule(), new Uri(lab, "/xai/v1"), key);

    protected override GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(854, 480), Seconds = 1 };

    // It has no word for a job that was stopped.
    protected override string ExpectedOfEnd(string end, string code) => end == "cancelled" ? ErrorCodes.ProviderFailed : code;
}

/// <summary>Pictures, which come with the answer.</summary>
public sealed class XaiImagesContract : ProviderContract
{
    protected override bool Blocks => true;

    protected override bool EndsLater => false;

    protected override bool Links => false;

    protected override string Model => "grok-imagine-image-2.0";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new XaiModule(), new Uri(lab, "/xai/v1"), key);

    protected override GenerationRequest Request(string prompt) => new() { Kind = MediaKind.Image, Prompt = prompt, Size = new FrameSize(1024, 1024) };

    protected override bool IsResult(ReadOnlySpan<byte> bytes) => LabPictures.FormatOf(bytes) == "jpeg";

    // Pictures need no id.
    protected override string Expected(string fault, string outcome) => fault == "no_id" ? "Accepted" : outcome;
}
