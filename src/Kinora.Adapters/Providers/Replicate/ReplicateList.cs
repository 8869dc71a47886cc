using System.Globalization;
using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Replicate;

/// <summary>Looks through what an account has made lately, newest first, for the one prediction that can only be ours.</summary>
internal sealed class ReplicateList(ApiClient api, ProviderTraits traits)
{
    private const int MaxPages = 20;

    // A page shows a hundred requests again, with the pictures in them.
    private const int LargestPage = 32 * 1024 * 1024;

    // Their clock is not ours.
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(1);

    /// <summary>The one that was asked for just the same, in the time our create was under way, and that no job of ours owns.</summary>
    public async Task<FindOutcome> FindAsync(WireCreate body, DateTimeOffset sentAt, DateTimeOffset sentUntil, Func<string, Task<bool>> isOwned, CancellationToken cancel)
    {
        var (from, to) = (sentAt - _skew, sentUntil + traits.SubmitTimeout + _skew);
        var ours = JsonSerializer.SerializeToElement(body, ReplicateJson.Default.WireCreate).GetProperty("input");
        var predictions = new List<WirePrediction>();
        if (await ReadSinceAsync(from, predictions, cancel) is { } unread)
        {
            return unread;
        }

        var candidates = new List<string>();
        foreach (var id in predictions
            .Where(one => TimeOf(one) is { } made && made >= from && made <= to && one.Input.ValueKind == JsonValueKind.Object && JsonElement.DeepEquals(one.Input, ours))
            .Select(one => one.Id)
            .Where(Loose.IsPathId)
            .Distinct(StringComparer.Ordinal))
        {
            if (!await isOwned(id!))
            {
                candidates.Add(id!);
            }
        }

        return candidates is [var only] ? new FindOutcome.Found(only) : new FindOutcome.NotThere();
    }

    // Null when the list was read that far: "exactly one" cannot be said of a part.
    private async Task<FindOutcome?> ReadSinceAsync(DateTimeOffset from, List<WirePrediction> found, CancellationToken cancel)
    {
        var page = api.Endpoint.At("/predictions");
        for (var read = 0; read < MaxPages; read++)
        {
            var (list, unread) = await api.ListAsync(new HttpRequestMessage(HttpMethod.Get, page), Page, cancel, LargestPage);
            if (list is not { Results: { } results, Next: var next })
            {
                return unread;
            }

            found.AddRange(results);
            if (string.IsNullOrEmpty(next) || results.Any(one => TimeOf(one) < from))
            {
                return null;
            }

            // Only the cursor is taken from the link: behind a relay it leads past it.
            if (!Uri.TryCreate(page, next, out var link) || link.Query.Length == 0 || api.Endpoint.At("/predictions" + link.Query) is var following && following == page)
            {
                return new FindOutcome.NotThere();
            }

            page = following;
        }

        return new FindOutcome.NotThere();
    }

    private static WirePage? Page(ApiReply reply) => reply.Read(ReplicateJson.Default.WirePage) is { Results: not null } list ? list : null;

    private static DateTimeOffset? TimeOf(WirePrediction one) =>
        DateTimeOffset.TryParse(one.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made) ? made : null;
}
