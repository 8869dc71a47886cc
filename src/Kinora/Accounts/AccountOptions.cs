using System.ComponentModel.DataAnnotations;

namespace Kinora.Accounts;

/// <summary>Settings <c>Accounts:…</c>.</summary>
public sealed record AccountOptions
{
    /// <summary>Rounds of PBKDF2 (HMAC-SHA512) for each password. After it is raised, each password is hashed anew when its owner next signs in.</summary>
    [Range(210_000, 5_000_000)]
    public int PasswordRounds { get; init; } = 210_000;

    /// <summary>US dollars that a job of unknown price counts against its user's budget until it is settled. Unset: users with a budget cannot use models of unknown price.</summary>
    [Range(0.0, 1_000_000.0)]
    public double? UnknownPriceUsd { get; init; }
}
