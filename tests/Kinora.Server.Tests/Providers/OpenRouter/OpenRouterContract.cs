using Kinora.Adapters.Providers.OpenRouter;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;

namespace Kinora.Server.Tests.Providers.OpenRouter;

public sealed class OpenRouterContract : ProviderContract
{
    protected override string Model => "lab/film";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new OpenRouterModule(), new Uri(lab, "/openrouter/api/v1"), key);
}

/// <summary>Pictures, which come with the answer.</summary>
public sealed class OpenRouterImagesContract : ProviderContract
{
    protected override bool Blocks => true;

    protected override bool EndsLater => false;

    protected override bool Links => false;

    protected override string Model => "lab/painter";

    private protected override IMediaProvider Connect(Uri lab, string? key = Key) => Connect(new OpenRouterModule(), new Uri(lab, "/openrouter/api/v1"), key);

    protected override GenerationRequest Request(string prompt) => new() { Kind = MediaKind.Image, Prompt = prompt, Size = new FrameSize(1024, 1024) };

    protected override bool IsResult(ReadOnlySpan<byte> bytes) => LabPictures.FormatOf(bytes) == "png";

    // Pictures need no id.
    protected override string Expected(string fault, string outcome) => fault == "no_id" ? "Accepted" : outcome;
}
