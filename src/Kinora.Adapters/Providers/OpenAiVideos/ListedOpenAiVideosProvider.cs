using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>For servers that list their jobs: a doubtful create can be looked for.</summary>
internal class ListedOpenAiVideosProvider(OpenAiVideosOptions options, ProviderTraits traits, TimeProvider clock)
    : OpenAiVideosProvider(options, traits, clock), IReconcilingProvider
{
    private const int PageSize = 100;
    private const int MaxPages = 20;

    // Their clock is not ours.
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The one job with this very prompt that was made in the time our create was under way and that no job of ours owns. A server that does not
    /// echo prompts never gives a match: taking a stranger's video would be worse than not knowing.
    /// </summary>
    public async Task<FindOutcome> FindAsync(Submission submission, DateTimeOffset sentAt, Func<string, Task<bool>> isOwned, CancellationToken cancel)
    {
        var (from, to) = (sentAt - _skew, (submission.SentUntil ?? sentAt) + Traits.SubmitTimeout + _skew);
        var videos = new List<WireVideo>();
        if (await ReadSinceAsync(from, videos, cancel) is { } unread)
        {
            return unread;
        }

        var candidates = new List<string>();
        foreach (var id in videos
            .Where(video => video.Prompt == submission.Request.Prompt && Loose.Time(video.CreatedAt) is { } made && made >= from && made <= to)
            .Select(VideoReading.RemoteId)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal))
        {
            if (!await isOwned(id))
            {
                candidates.Add(id);
            }
        }

        return candidates is [var only] ? new FindOutcome.Found(only) : new FindOutcome.NotThere();
    }

    // Null when the list was read to the end: "exactly one" cannot be said of a part.
    private async Task<FindOutcome?> ReadSinceAsync(DateTimeOffset from, List<WireVideo> videos, CancellationToken cancel)
    {
        string? after = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var path = $"/videos?limit={PageSize}&order=desc" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            var (list, unread) = await Api.ListAsync(new HttpRequestMessage(HttpMethod.Get, Api.Endpoint.At(path)), Page, cancel);
            if (list is null)
            {
                return unread;
            }

            var items = Items(list);
            videos.AddRange(items);
            var last = items.Count > 0 ? VideoReading.RemoteId(items[^1]) : null;

            // SGLang gives everything at once and no has_more.
            if (list.HasMore.ValueKind != JsonValueKind.True || last is null || last == after || items.All(video => Loose.Time(video.CreatedAt) < from))
            {
                return null;
            }

            after = last;
        }

        return new FindOutcome.NotThere();
    }

    private static WireVideo? Page(ApiReply reply) => reply.Read(OpenAiVideosJson.Default.WireVideo) is { Data.ValueKind: JsonValueKind.Array } list ? list : null;

    private static List<WireVideo> Items(WireVideo list)
    {
        try
        {
            return [.. list.Data.EnumerateArray().Select(item => item.Deserialize(OpenAiVideosJson.Default.WireVideo)).OfType<WireVideo>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
