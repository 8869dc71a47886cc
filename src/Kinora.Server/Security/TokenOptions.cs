using System.ComponentModel.DataAnnotations;

namespace Kinora.Server.Security;

/// <summary>Settings <c>Tokens:…</c>: the tokens that users sign in for.</summary>
internal sealed record TokenOptions
{
    /// <summary>What tokens and media links are signed with, 32 characters or more, random. Unset: made on first use and kept in the data folder. Servers that share a database need the same.</summary>
    public string? Secret { get; init; }

    /// <summary>The secret before: what it has signed still counts. For changing the secret without signing everybody out.</summary>
    public string? PreviousSecret { get; init; }

    /// <summary>Days for which a sign-in lasts.</summary>
    [Range(1, 365)]
    public int Days { get; init; } = 7;

    /// <summary>Minutes for which a media link works.</summary>
    [Range(1, 10)]
    public int LinkMinutes { get; init; } = 10;
}
