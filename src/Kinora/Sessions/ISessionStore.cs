using Kinora.Jobs;

namespace Kinora.Sessions;

/// <summary>Where sessions are kept; their turns are jobs. Safe for many threads and processes. A method that returns has committed.</summary>
public interface ISessionStore
{
    /// <summary>Stores a new session. Durable. False when its owner has <paramref name="most"/> active ones already: nothing was stored.</summary>
    /// <param name="liveSince">Sessions last used before this are expired and do not count.</param>
    Task<bool> CreateAsync(ImageSession session, int most, DateTimeOffset liveSince, CancellationToken cancel);

    /// <summary>Null when unknown or of another owner. A null owner reads any (the engine itself).</summary>
    Task<ImageSession?> GetAsync(SessionId id, string? owner, CancellationToken cancel);

    /// <summary>An owner's sessions that are neither closed nor expired, last used first.</summary>
    Task<IReadOnlyList<SessionSummary>> ListActiveAsync(string owner, DateTimeOffset liveSince, CancellationToken cancel);

    /// <summary>An owner's closed and expired sessions, last used first.</summary>
    /// <param name="after">The last of the page before; null for the first page. One that is unknown or of another owner gives an empty page.</param>
    Task<IReadOnlyList<SessionSummary>> ListEndedAsync(string owner, DateTimeOffset liveSince, SessionId? after, int most, CancellationToken cancel);

    /// <summary>Notes a use; the time never goes back.</summary>
    Task TouchAsync(SessionId id, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Closes a session. Durable. False when unknown, of another owner or closed already.</summary>
    Task<bool> CloseAsync(SessionId id, string owner, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Every turn that was not deleted, of any state, oldest first, with its files.</summary>
    Task<IReadOnlyList<Job>> TurnsAsync(SessionId id, CancellationToken cancel);

    /// <summary>The newest turn that came to a picture, with its files; null when there is none.</summary>
    Task<Job?> LastPictureAsync(SessionId id, CancellationToken cancel);
}
