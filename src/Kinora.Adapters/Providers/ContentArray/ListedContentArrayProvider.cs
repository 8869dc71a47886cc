using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ContentArray;

/// <summary>For a vendor that lists its tasks: a doubtful create can be looked for.</summary>
internal sealed class ListedContentArrayProvider(ContentVendor vendor, TaskSite site, ProviderTraits traits, TimeProvider clock, bool watermark)
    : ContentArrayProvider(vendor, site, traits, clock, watermark), IReconcilingProvider
{
    private const int PageSize = 100;
    private const int MaxPages = 20;

    // Their clock is not ours.
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The one task of this model that was made while our create was under way and that no job of ours owns. Whether the list tells prompts is not known: one
    /// that is told must be ours.
    /// </summary>
    public async Task<FindOutcome> FindAsync(Submission submission, DateTimeOffset sentAt, Func<string, Task<bool>> isOwned, CancellationToken cancel)
    {
        var tasks = new List<WireTask>();
        if (await ReadAllAsync(tasks, cancel) is { } unread)
        {
            return unread;
        }

        var candidates = new List<string>();
        foreach (var id in Candidates(tasks, submission, sentAt - _skew, (submission.SentUntil ?? sentAt) + Traits.SubmitTimeout + _skew))
        {
            if (!await isOwned(id))
            {
                candidates.Add(id);
            }
        }

        return candidates is [var only] ? new FindOutcome.Found(only) : new FindOutcome.NotThere();
    }

    /// <summary>The tasks that may be this submission.</summary>
    public static IEnumerable<string> Candidates(IEnumerable<WireTask> tasks, Submission submission, DateTimeOffset from, DateTimeOffset to) => tasks
        .Where(task => task.Model == submission.ModelName
            && Loose.Time(task.CreatedAt) is { } made && made >= from && made <= to
            && (task.Prompt is null || task.Prompt == submission.Request.Prompt))
        .Select(task => task.TaskId ?? task.Id)
        .Where(Loose.IsPathId)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal);

    // Null when the list was read to the end: "exactly one" cannot be said of a part.
    private async Task<FindOutcome?> ReadAllAsync(List<WireTask> tasks, CancellationToken cancel)
    {
        for (var page = 1; page <= MaxPages; page++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Api.Endpoint.At(FormattableString.Invariant($"{Vendor.List}?page_num={page}&page_size={PageSize}")));
            var (list, unread) = await Api.ListAsync(request, Page, cancel);
            if (list is not { Items: { } items })
            {
                return unread;
            }

            tasks.AddRange(items);
            if (items.Count == 0 || (list.Total is { } total ? tasks.Count >= total : items.Count < PageSize))
            {
                return null;
            }
        }

        return new FindOutcome.NotThere();
    }

    private static WireList? Page(ApiReply reply) => reply.Read(ContentJson.Default.WireList) is { Items: not null } list ? list : null;
}
