namespace Kinora.Accounts;

/// <summary>What a person may do beyond his own things.</summary>
public enum Role
{
    User,

    /// <summary>Accounts, everybody's keys, settings.</summary>
    Admin,
}

/// <summary>A person who signs in. What he made belongs to his <see cref="Id"/> for ever.</summary>
public sealed record Account
{
    /// <summary>Of the first admin: he is the operator, so that what the command line and single-user MCP make is his.</summary>
    public const string FirstId = "local";

    /// <summary><c>user_</c> and 32 hex digits, all random; <see cref="FirstId"/> for the first admin.</summary>
    public required string Id { get; init; }

    /// <summary>As it was chosen. Unique by <see cref="UserNames.Key"/>.</summary>
    public required string Username { get; init; }

    public required Role Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while he may come in.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Grows when every token given out before ends: password changed, account disabled, signed out everywhere.</summary>
    public int Generation { get; init; }

    /// <summary>He came in by the one-time secret and has no password of his own yet.</summary>
    public bool PasswordChangeRequired { get; init; }

    /// <summary>US dollars a day; null: no limit.</summary>
    public decimal? DailyBudgetUsd { get; init; }

    /// <summary>US dollars a month; null: no limit.</summary>
    public decimal? MonthlyBudgetUsd { get; init; }
}

/// <summary>What an admin changes; what is null or not set stays as it is.</summary>
public sealed record AccountChange
{
    public Role? Role { get; init; }

    /// <summary>True ends every token too; false lets him in again.</summary>
    public bool? Disabled { get; init; }

    /// <summary>A new password; ends every token.</summary>
    public string? Password { get; init; }

    /// <summary>Whether <see cref="DailyBudgetUsd"/> counts, so that null can be set.</summary>
    public bool SetDailyBudget { get; init; }

    public decimal? DailyBudgetUsd { get; init; }

    /// <summary>Whether <see cref="MonthlyBudgetUsd"/> counts, so that null can be set.</summary>
    public bool SetMonthlyBudget { get; init; }

    public decimal? MonthlyBudgetUsd { get; init; }

    internal StoredAccount ApplyTo(StoredAccount stored, DateTimeOffset now)
    {
        var account = stored.Account;
        var ends = Disabled == true && account.DisabledAt is null;
        return stored with
        {
            Account = account with
            {
                Role = Role ?? account.Role,
                DisabledAt = Disabled switch { true => account.DisabledAt ?? now, false => null, null => account.DisabledAt },
                Generation = account.Generation + (ends ? 1 : 0),
                DailyBudgetUsd = SetDailyBudget ? DailyBudgetUsd : account.DailyBudgetUsd,
                MonthlyBudgetUsd = SetMonthlyBudget ? MonthlyBudgetUsd : account.MonthlyBudgetUsd,
            },
        };
    }
}
