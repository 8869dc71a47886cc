namespace Kinora.Accounts;

/// <summary>Whether there is anybody beside the first admin. Safe for many threads.</summary>
internal sealed class OtherAccounts(IAccountStore store, TimeProvider time)
{
    private static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(4);

    private Answer? _last;

    /// <summary>Asks the store, unless it was asked within the last four seconds.</summary>
    public async ValueTask<bool> AnyAsync(CancellationToken cancel)
    {
        if (_last is { } known && time.GetElapsedTime(known.ReadAt) < BelievedFor)
        {
            return known.Any;
        }

        var readAt = time.GetTimestamp();
        var any = (await store.ListAsync(cancel)).Any(a => a.Id != Account.FirstId);
        _last = new Answer(any, readAt);
        return any;
    }

    /// <param name="ReadAt">Timestamp from before the look.</param>
    private sealed record Answer(bool Any, long ReadAt);
}
