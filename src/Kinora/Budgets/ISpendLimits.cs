using Kinora.Generation;

namespace Kinora.Budgets;

/// <summary>What callers may spend.</summary>
public interface ISpendLimits
{
    /// <summary>Every limit that holds for him: of his account, of the key he came with. Empty: none.</summary>
    Task<IReadOnlyList<SpendLimit>> OfAsync(Caller caller, CancellationToken cancel);
}
