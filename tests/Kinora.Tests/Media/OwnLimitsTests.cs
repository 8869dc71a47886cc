using Kinora.Adapters.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Media;

public sealed class OwnLimitsTests
{
    private const string Table = """
        Limit                     Soft Limit           Hard Limit           Units     
        Max cpu time              unlimited            unlimited            seconds   
        Max file size             500                  1000                 bytes     
        """;

    [Theory]
    [InlineData("Max cpu time", 5000, 5000)]
    [InlineData("Max file size", 5000, 1000)]
    [InlineData("Max file size", 700, 700)]
    [InlineData("Max something new", 5000, 5000)]
    public void Cap_IsTheHardLimitWhereThereIsOne(string label, long wanted, long given) => new OwnLimits(Table).Cap(label, wanted).ShouldBe(given);

    [Fact]
    public void Current_OnThisSystem_IsRead() => OwnLimits.Current.Value.Cap("Max open files", long.MaxValue).ShouldBeLessThan(long.MaxValue);
}
