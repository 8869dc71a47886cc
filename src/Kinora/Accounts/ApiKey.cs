using Kinora.Generation;

namespace Kinora.Accounts;

/// <summary>What is known about a key; the secret itself is nowhere.</summary>
public sealed record ApiKey
{
    /// <summary><c>key_</c> and 32 hex digits, all random. No secret.</summary>
    public required string Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>For people; need not be unique.</summary>
    public required string Name { get; init; }

    public required KeyScopes Scopes { get; init; }

    /// <summary>What may be done with it beside what its user may.</summary>
    public KeyLimits Limits { get; init; } = KeyLimits.None;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null when never; else about a minute exact.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Null while it is good.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <param name="Secret">Shown to its owner once and never again.</param>
public sealed record NewApiKey(ApiKey Key, string Secret);

/// <summary>Who asks, and what he may do.</summary>
public sealed record Access(Caller Caller, KeyScopes Scopes)
{
    /// <summary>True when every one of <paramref name="scopes"/> is there.</summary>
    public bool Allows(KeyScopes scopes) => (Scopes & scopes) == scopes;
}
