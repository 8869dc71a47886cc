using Kinora.Nodes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Nodes;

public sealed class NodeSeatTests
{
    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 3)]
    [InlineData(2, 5)]
    [InlineData(1, 4)]
    [InlineData(0, 2)]
    public void SharesOfAllMachines_AddUpToTheWhole_AndDifferByOneAtMost(int most, int machines)
    {
        foreach (var provider in new[] { "openai", "fal", "runway" })
        {
            var shares = Enumerable.Range(0, machines).Select(index => new NodeSeat(index, machines, IsNew: false).ShareOf(most, provider)).ToList();
            shares.Sum().ShouldBe(most);
            (shares.Max() - shares.Min()).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void WhatCannotBeDivided_DoesNotAllFallToOneMachine() =>
        Enumerable.Range(0, 20).Select(n => Enumerable.Range(0, 3).First(index => new NodeSeat(index, 3, IsNew: false).ShareOf(1, "provider" + (char)('a' + n)) == 1))
            .Distinct().Count().ShouldBe(3);

    [Fact]
    public void MachineOfWhichTheOthersMayNotHaveHeard_TakesNothing() => new NodeSeat(2, 3, IsNew: true).ShareOf(16, "openai").ShouldBe(0);
}
