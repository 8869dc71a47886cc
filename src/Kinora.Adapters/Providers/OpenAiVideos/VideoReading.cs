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
        if (video.Data.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var item in video.Data.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
        {
            if (Text(item, "url") is { } url && IsLink(url))
            {
                return new RemoteOutput { Url = url };
            }

            if (item.TryGetProperty("b64_json", out var encoded) && encoded.ValueKind == JsonValueKind.String
                && encoded.TryGetBytesFromBase64(out var bytes) && bytes.Length > 0)
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
        Text(video.Metadata, "url"),
        Text(video.Detail, "url"),
        Text(Inner(video.Detail, "draft_info"), "downloadable_url"),
    }.FirstOrDefault(IsLink);

    /// <summary>0 to 1; null when the server does not say. Juxin's inner figure is a fraction, all others count to 100.</summary>
    public static double? Progress(WireVideo video) =>
        Inner(Inner(video.Detail, "pending_info"), "progress_pct") is { ValueKind: JsonValueKind.Number } inner
            ? Math.Clamp(inner.GetDouble(), 0, 1)
            : Loose.Percent(video.Progress);

    public static JsonElement Inner(JsonElement part, string name) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var inner) ? inner : default;

    public static bool IsLink(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);

    private static string? Text(JsonElement part, string name) => Inner(part, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
