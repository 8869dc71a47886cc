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
    public async Task<string?> FindAsync(WireCreate body, DateTimeOffset sentAt, DateTimeOffset sentUntil, Func<string, Task<bool>> isOwned, CancellationToken cancel)
    {
        var (from, to) = (sentAt - _skew, sentUntil + traits.SubmitTimeout + _skew);
        var ours = JsonSerializer.SerializeToElement(body, ReplicateJson.Default.WireCreate).GetProperty("input");
        if (await AllSinceAsync(from, cancel) is not { } predictions)
        {
            return null;
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

        return candidates is [var only] ? only : null;
    }

    // Null when the list could not be read that far: "exactly one" cannot be said of a part.
    private async Task<List<WirePrediction>?> AllSinceAsync(DateTimeOffset from, CancellationToken cancel)
    {
        var found = new List<WirePrediction>();
        var page = api.Endpoint.At("/predictions");
        for (var read = 0; read < MaxPages; read++)
        {
            var (reply, _) = await api.AskAsync(new HttpRequestMessage(HttpMethod.Get, page), cancel, LargestPage);
            if (reply is not { IsSuccess: true } || reply.Read(ReplicateJson.Default.WirePage) is not { Results: { } results, Next: var next })
            {
                return null;
            }

            found.AddRange(results);
            if (string.IsNullOrEmpty(next) || results.Any(one => TimeOf(one) < from))
            {
                return found;
            }

            // Only the cursor is taken from the link: behind a relay it leads past it.
            if (!Uri.TryCreate(page, next, out var link) || link.Query.Length == 0 || api.Endpoint.At("/predictions" + link.Query) is var following && following == page)
            {
                return null;
            }

            page = following;
        }

        return null;
    }

    private static DateTimeOffset? TimeOf(WirePrediction one) =>
        DateTimeOffset.TryParse(one.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made) ? made : null;
}
