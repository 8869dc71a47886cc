namespace Kinora.Uploads;

/// <summary>
/// Where it is kept what users uploaded; the pictures themselves are in the asset store. Safe for many threads, and for many processes on one database. What
/// returns has committed; what is marked <i>durable</i> has reached the disk too.
/// </summary>
public interface IUploadStore
{
    /// <summary>Stores a new file. Durable. False, and nothing stored, when its owner has <paramref name="most"/> already.</summary>
    Task<bool> AddAsync(UploadedFile file, int most, CancellationToken cancel);

    /// <summary>Null when unknown, deleted or of another owner.</summary>
    Task<UploadedFile?> GetAsync(FileId id, string owner, CancellationToken cancel);

    /// <summary>
    /// A page of an owner's files. Null when <see cref="UploadQuery.After"/> was never a file of his; one that was deleted since is as good as before, so that
    /// whoever deletes what he lists comes to the end.
    /// </summary>
    Task<UploadPage?> ListAsync(UploadQuery query, CancellationToken cancel);

    /// <summary>Forgets a file, all but its place in the order. Durable. False when unknown, deleted or of another owner.</summary>
    Task<bool> DeleteAsync(FileId id, string owner, DateTimeOffset at, CancellationToken cancel);

    /// <summary>How many files an owner has.</summary>
    Task<int> CountAsync(string owner, CancellationToken cancel);
}

/// <param name="Limit">1 to 100,000.</param>
/// <param name="After">Only files that come behind this one, in the order asked for.</param>
/// <param name="Purpose">Only those; null for all.</param>
public sealed record UploadQuery(string Owner, int Limit, FileId? After = null, bool OldestFirst = false, string? Purpose = null);

public sealed record UploadPage(IReadOnlyList<UploadedFile> Files, bool HasMore);
