using System.Text;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Pictures;

/// <summary>One picture of an answer as the Images API has it, and all who took after it: its bytes, or a link. Every key may be missing.</summary>
internal record AnsweredPicture
{
    [JsonPropertyName("b64_json")]
    [JsonConverter(typeof(PictureBytes))]
    public byte[]? Bytes { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? Url { get; init; }

    [JsonConverter(typeof(LooseText))]
    public string? RevisedPrompt { get; init; }

    /// <summary>The pictures in order, without what holds none.</summary>
    public static IReadOnlyList<RemoteOutput> Outputs(IEnumerable<AnsweredPicture?> pictures, Endpoint endpoint, Redactor redactor) =>
        [.. pictures.Select(picture => picture?.Output(endpoint, redactor)).OfType<RemoteOutput>()];

    private RemoteOutput? Output(Endpoint endpoint, Redactor redactor)
    {
        var output = new RemoteOutput { Kind = MediaKind.Image, RevisedPrompt = redactor.CleanWords(RevisedPrompt) is { Length: > 0 } words ? words : null };
        return Bytes is { Length: > 0 } bytes ? output with { Inline = bytes }
            : Url is not { Length: > 0 } url ? null
            : url.StartsWith("data:", StringComparison.Ordinal) ? output with { Inline = PictureBytes.OfDataUrl(Encoding.UTF8.GetBytes(url)) ?? Encoding.UTF8.GetBytes(url) }
            : Uri.TryCreate(endpoint.BaseUrl, url, out var link) ? output with { Url = link.AbsoluteUri }
            : null;
    }
}
