using Kinora.Budgets;

namespace Kinora.Tests.Fakes;

/// <summary>The same limit for everybody; none at first.</summary>
internal sealed class FakeLimits : ISpendLimits
{
    public SpendLimit? Limit { get; set; }

    public Task<SpendLimit?> OfAsync(string owner, CancellationToken cancel) => Task.FromResult(Limit);
}
