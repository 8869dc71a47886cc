namespace Kinora.Providers;

/// <summary>What became of a create: exactly one of six.</summary>
public abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>The provider has it and named it.</summary>
    /// <param name="RemoteId">The provider's id of the job.</param>
    /// <param name="RemoteData">What else the provider folder needs to find it again (poll links …), in its own JSON; given back in <see cref="RemoteJob"/>.</param>
    /// <param name="NextLook">When the provider asks to be looked at; null for the usual pace.</param>
    /// <param name="Warnings">What had to be mapped or left out, for the owner.</param>
    public sealed record Accepted(string RemoteId, string? RemoteData = null, TimeSpan? NextLook = null, IReadOnlyList<string>? Warnings = null) : SubmitOutcome;

    /// <summary>It is done already.</summary>
    public sealed record Finished(string RemoteId, IReadOnlyList<RemoteOutput> Outputs, decimal? CostUsd = null, string? RemoteData = null) : SubmitOutcome;

    /// <summary>The provider clearly said no and will not charge.</summary>
    public sealed record Refused(string Code, string Text) : SubmitOutcome;

    /// <summary>Surely no job was made there: it could not be sent, or was turned away for now (429). May be sent again after the pause.</summary>
    public sealed record NotSent(string Text, TimeSpan? RetryAfter = null) : SubmitOutcome
    {
        /// <summary>Something failed on this machine, so it says nothing about the provider.</summary>
        public bool IsLocal { get; init; }
    }

    /// <summary>Our key is not accepted, so surely no job was made there. The job waits for a right one.</summary>
    public sealed record NotAllowed(string Text) : SubmitOutcome;

    /// <summary>The provider may have seen it and no answer proves what became of it. Never sent again by itself.</summary>
    public sealed record Unknown(string Text) : SubmitOutcome;
}

/// <summary>What a look at a job showed.</summary>
public abstract record CheckOutcome
{
    private CheckOutcome()
    {
    }

    /// <summary>Not done.</summary>
    /// <param name="Progress">0 to 1; null when the provider does not say.</param>
    /// <param name="Word">The provider's own status word, for the log.</param>
    public sealed record Running(double? Progress, string Word, TimeSpan? NextLook = null) : CheckOutcome;

    /// <summary>Done; the results can be opened.</summary>
    public sealed record Finished(IReadOnlyList<RemoteOutput> Outputs, decimal? CostUsd = null) : CheckOutcome;

    /// <summary>Ended without a result.</summary>
    public sealed record Failed(string Code, string Text, decimal? CostUsd = null) : CheckOutcome;

    /// <summary>The provider does not know the id (now).</summary>
    public sealed record Missing(string Text) : CheckOutcome;

    /// <summary>No usable answer; the job there is not touched by that. Looked at again later.</summary>
    public sealed record Unreachable(string Text, TimeSpan? RetryAfter = null) : CheckOutcome;

    /// <summary>Our key is not accepted (any more). The job there goes on; looked at again until its deadline.</summary>
    public sealed record NotAllowed(string Text) : CheckOutcome;
}

/// <summary>What a search for a doubtful create gave.</summary>
public abstract record FindOutcome
{
    private FindOutcome()
    {
    }

    /// <summary>The one job there that can only be the one sought.</summary>
    public sealed record Found(string RemoteId) : FindOutcome;

    /// <summary>No job there is surely the one sought: there is none, or more than one, or the provider has no list that would tell.</summary>
    public sealed record NotThere : FindOutcome;

    /// <summary>No usable answer now, which says nothing about the job. Asked again later.</summary>
    public sealed record Unreachable(string Text, TimeSpan? RetryAfter = null) : FindOutcome;
}

/// <summary>What opening a result gave.</summary>
public abstract record OpenOutcome
{
    private OpenOutcome()
    {
    }

    /// <summary>Bytes are coming. Dispose <paramref name="Body"/>.</summary>
    /// <param name="Offset">Where the body really starts; 0 when the server ignored the range.</param>
    /// <param name="TotalBytes">Size of the whole file, when declared.</param>
    /// <param name="Tag">ETag or the like: must stay equal for a resumed download.</param>
    public sealed record Opened(Stream Body, long Offset, long? TotalBytes, string? Tag = null) : OpenOutcome;

    /// <summary>The link is dead (403, 404, 410). A new look may bring a fresh one.</summary>
    public sealed record Gone(string Text) : OpenOutcome;

    /// <summary>No usable answer now.</summary>
    public sealed record Unreachable(string Text, TimeSpan? RetryAfter = null) : OpenOutcome;

    /// <summary>Must not be fetched (a private address, a redirect to a foreign place, something that is no media).</summary>
    public sealed record Refused(string Text) : OpenOutcome;
}
