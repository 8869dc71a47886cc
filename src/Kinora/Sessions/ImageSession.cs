using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Sessions;

/// <summary>
/// A conversation about pictures. Its turns are jobs that carry its id; each goes on from the picture of the one before, or from one that was named. So a
/// failed turn leaves no trace, and branches need nothing more.
/// </summary>
public sealed record ImageSession
{
    public required SessionId Id { get; init; }

    public required string Owner { get; init; }

    public string? Name { get; init; }

    /// <summary>Told to the model in every turn.</summary>
    public required string Description { get; init; }

    /// <summary>Every turn's model, by its id.</summary>
    public required string Model { get; init; }

    /// <summary>The name the model was asked by, where it is another: an alias.</summary>
    public string? AskedModel { get; init; }

    /// <summary>The picture it began with, made here.</summary>
    public ImageId? Origin { get; init; }

    /// <summary>The picture it began with, where its job is gone.</summary>
    public OriginPicture? OriginPicture { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last turn, or the beginning.</summary>
    public DateTimeOffset UsedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public SessionState State(DateTimeOffset now, TimeSpan lasts) =>
        ClosedAt is not null ? SessionState.Closed : now - UsedAt > lasts ? SessionState.Expired : SessionState.Active;
}

public enum SessionState
{
    Active,

    /// <summary>Not used for too long. Its pictures are kept.</summary>
    Expired,

    /// <summary>Ended on request. Its pictures are kept.</summary>
    Closed,
}

/// <summary>A picture made here, known only by its file and the notes beside it.</summary>
/// <param name="Picture">A clean copy in our store.</param>
/// <param name="Prompt">It was made from this.</param>
public sealed record OriginPicture(InputImage Picture, string Prompt, string? RevisedPrompt);

/// <summary>A session as a list shows it.</summary>
/// <param name="Pictures">Turns that came to a picture.</param>
/// <param name="Newest">The newest of these turns; null when there is none.</param>
public sealed record SessionSummary(ImageSession Session, int Pictures, JobId? Newest);

/// <summary>A part of a long list of sessions.</summary>
public sealed record SessionPage(IReadOnlyList<SessionSummary> Sessions, bool HasMore);
