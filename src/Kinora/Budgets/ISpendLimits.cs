namespace Kinora.Budgets;

/// <summary>What owners may spend.</summary>
public interface ISpendLimits
{
    /// <summary>Null: no limit.</summary>
    Task<SpendLimit?> OfAsync(string owner, CancellationToken cancel);
}
