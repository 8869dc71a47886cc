using Kinora.Generation;

namespace Kinora.Characters;

/// <summary>Somebody or something out of a video, to be shown again in others. It never changes.</summary>
public sealed record Character
{
    public required CharacterId Id { get; init; }

    /// <summary>User id.</summary>
    public required string Owner { get; init; }

    /// <summary>As <see cref="CharacterRules.CheckName"/> wants it.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 3 different stills of the video: that from its middle first, then its first and its last.</summary>
    public required IReadOnlyList<InputImage> Pictures { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A character of one request.</summary>
/// <param name="Id">As <see cref="CharacterId"/> is written.</param>
public sealed record CastMember(string Id, string Name);
