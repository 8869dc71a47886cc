using Kinora.Budgets;
using Kinora.Generation;

namespace Kinora.Accounts;

/// <summary>The budgets of accounts and of keys. Whoever has no account (the operator before his first sign-in, a key of his) has none by that.</summary>
public sealed class AccountLimits(AccountService accounts, AccountOptions options) : ISpendLimits
{
    public async Task<IReadOnlyList<SpendLimit>> OfAsync(Caller caller, CancellationToken cancel)
    {
        List<SpendLimit> limits = [];
        if (await accounts.FindAsync(caller.UserId, cancel) is { } account)
        {
            Add(limits, account.DailyBudgetUsd, account.MonthlyBudgetUsd, keyId: null);
        }

        if (caller.Key is { } key)
        {
            Add(limits, key.Limits.DailyUsd, key.Limits.MonthlyUsd, key.Id);
        }

        return limits;
    }

    private void Add(List<SpendLimit> limits, decimal? daily, decimal? monthly, string? keyId)
    {
        if ((daily ?? monthly) is not null)
        {
            limits.Add(new SpendLimit(daily, monthly) { KeyId = keyId, UnknownPriceUsd = (decimal?)options.UnknownPriceUsd });
        }
    }
}
