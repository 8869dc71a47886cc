using Kinora.Server.Realtime;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

/// <summary>When memory is given back.</summary>
public sealed class IdleMemoryTests
{
    [Theory]
    [InlineData("a crowd that still comes", 0, 400, 900, 1500, 2500)]
    [InlineData("a few", 0, 999, 999, 999)]
    [InlineData("a crowd, once it has come", 1, 1500, 3000, 3000, 3000, 2990)]
    [InlineData("another crowd on top of it", 2, 2000, 2000, 2500, 2500, 3000, 3000, 3000)]
    [InlineData("a crowd in place of one that left", 2, 2000, 2000, 10, 1500, 1500)]
    public void Look_ClearsUpAfter(string what, int times, params int[] counts)
    {
        var cleared = 0;
        var memory = new IdleMemory(() => cleared++);

        foreach (var count in counts)
        {
            memory.Look(count);
        }

        cleared.ShouldBe(times, what);
    }
}
