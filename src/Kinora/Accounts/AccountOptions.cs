using System.ComponentModel.DataAnnotations;

namespace Kinora.Accounts;

/// <summary>Settings <c>Accounts:…</c>.</summary>
public sealed record AccountOptions
{
    /// <summary>Rounds of PBKDF2 (HMAC-SHA512) for each password. After it is raised, each password is hashed anew when its owner next signs in.</summary>
    [Range(210_000, 5_000_000)]
    public int PasswordRounds { get; init; } = 210_000;
}
