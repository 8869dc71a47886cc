using Kinora.Budgets;
using Kinora.Generation;

namespace Kinora.Tests.Fakes;

/// <summary>The same limit for everybody; none at first.</summary>
internal sealed class FakeLimits : ISpendLimits
{
    public SpendLimit? Limit { get; set; }

    public Task<IReadOnlyList<SpendLimit>> OfAsync(Caller caller, CancellationToken cancel) => Task.FromResult<IReadOnlyList<SpendLimit>>(Limit is null ? [] : [Limit]);
}
