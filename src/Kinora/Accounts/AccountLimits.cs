using Kinora.Budgets;

namespace Kinora.Accounts;

/// <summary>The budgets of accounts. Whoever has no account (the operator before his first sign-in, a key of his) has no limit.</summary>
public sealed class AccountLimits(AccountService accounts, AccountOptions options) : ISpendLimits
{
    public async Task<SpendLimit?> OfAsync(string owner, CancellationToken cancel) =>
        await accounts.FindAsync(owner, cancel) is { } account && (account.DailyBudgetUsd ?? account.MonthlyBudgetUsd) is not null
            ? new SpendLimit(account.DailyBudgetUsd, account.MonthlyBudgetUsd) { UnknownPriceUsd = (decimal?)options.UnknownPriceUsd }
            : null;
}
