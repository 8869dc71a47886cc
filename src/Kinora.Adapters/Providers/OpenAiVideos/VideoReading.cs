using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>What a video object says, whatever dialect wrote it.</summary>
internal static class VideoReading
{
    /// <summary>The object itself, taken out of <c>{code:"success", data:{…}}</c> where a gateway wrapped it.</summary>
    public static WireVideo Unwrapped(WireVideo video)
    {
        if (video.Id is not null || video.TaskId is not null || video.Data.ValueKind != JsonValueKind.Object)
        {
            return video;
        }

        try
        {
            return video.Data.Deserialize(OpenAiVideosJson.Default.WireVideo) ?? video;
        }
        catch (JsonException)
        {
            return video;
        }
    }

    /// <summary>The id to ask with later; null when there is none that could be put into a path.</summary>
    public static string? RemoteId(WireVideo video) => new[] { video.Id, video.TaskId }.FirstOrDefault(Loose.IsPathId);

    /// <summary>The finished result in the answer itself: <c>data[]</c> with a link or with bytes.</summary>
    public static RemoteOutput? Delivered(WireVideo video)
    {
        foreach (var item in video.Data.Items())
        {
            if (item.At("url").Text() is { } url && IsLink(url))
            {
                return new RemoteOutput { Url = url };
            }

            if (item.At("b64_json") is { ValueKind: JsonValueKind.String } encoded && encoded.TryGetBytesFromBase64(out var bytes) && bytes.Length > 0)
            {
                return new RemoteOutput { Inline = bytes };
            }
        }

        return null;
    }

    /// <summary>The link a relay gives, the best first (QuantumNous/new-api, juxinapi.apifox.cn, read 2026-11-21).</summary>
    public static string? Link(WireVideo video) => new[]
    {
        video.VideoUrl,
        video.Url,
        video.Metadata.At("url").Text(),
        video.Detail.At("url").Text(),
        video.Detail.At("draft_info").At("downloadable_url").Text(),
    }.FirstOrDefault(IsLink);

    /// <summary>0 to 1; null when the server does not say. Juxin's inner figure is a fraction, all others count to 100.</summary>
    public static double? Progress(WireVideo video) =>
        video.Detail.At("pending_info").At("progress_pct") is { ValueKind: JsonValueKind.Number } inner
            ? Math.Clamp(inner.GetDouble(), 0, 1)
            : Loose.Percent(video.Progress);

    public static bool IsLink(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);
}
