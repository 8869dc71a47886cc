using Kinora.Catalog;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Catalog;

public sealed class NearestSizeTests
{
    private static readonly SizeRule Listed = new()
    {
        Allowed = [new(720, 1280), new(1280, 720), new(1920, 1080), new(1024, 1024)],
        Default = new(720, 1280),
    };

    [Theory]
    [InlineData("1280x720", "1280x720")]
    [InlineData("854x480", "1280x720")]
    [InlineData("3840x2160", "1920x1080")]
    [InlineData("1366x768", "1280x720")]
    [InlineData("1080x1920", "720x1280")]
    [InlineData("512x512", "1024x1024")]
    [InlineData("1440x1080", "1024x1024")] // 4:3 stands a hair nearer to 1:1 than to 16:9 …
    [InlineData("1500x1080", "1920x1080")] // … and this one does not.
    public void Nearest_OfAList_IsNearestInShapeThenInPixels(string size, string nearest) => Of(Listed, size).ShouldBe(nearest);

    [Theory]
    [InlineData("1281x721", "1282x720")]
    [InlineData("3840x2160", "1920x1080")]
    [InlineData("100x100", "128x128")]
    [InlineData("4000x1000", "1920x480")]
    [InlineData("1080x1920", "1080x1920")]
    public void Nearest_OfARange_KeepsTheShape(string size, string nearest) =>
        Of(new SizeRule { MinSide = 128, MaxSide = 1920, Step = 2, Default = new(1280, 720) }, size).ShouldBe(nearest);

    [Theory]
    [InlineData("1280x720", 16, 0, 0)]
    [InlineData("4096x1024", 16, 0, 3)]
    [InlineData("320x180", 16, 655_360, 3)]
    [InlineData("7680x4320", 16, 655_360, 3)]
    [InlineData("333x777", 32, 0, 2)]
    public void Nearest_IsAlwaysMade(string size, int step, long fewest, int ratio)
    {
        var rule = new SizeRule { MinSide = 100, MaxSide = 3839, Step = step, MinPixels = fewest, MaxPixels = fewest == 0 ? 0 : 8_294_400, MaxRatio = ratio, Default = new(1280, 720) };
        FrameSize.TryParse(size, out var asked).ShouldBeTrue();

        var nearest = rule.Nearest(asked);

        rule.Allows(nearest).ShouldBeTrue(nearest.ToString());
        var bound = ratio == 0 ? double.MaxValue : ratio;
        var shape = Math.Clamp((double)asked.Width / asked.Height, 1 / bound, bound);
        ((double)nearest.Width / nearest.Height / shape).ShouldBe(1, 0.03, nearest.ToString());
    }

    [Fact]
    public void Nearest_WhereNothingIsMade_IsTheDefault() =>
        Of(new SizeRule { MinSide = 2000, MaxSide = 1000, Default = new(1280, 720) }, "1x1").ShouldBe("1280x720");

    private static string Of(SizeRule rule, string text)
    {
        FrameSize.TryParse(text, out var size).ShouldBeTrue();
        return rule.Nearest(size).ToString();
    }
}
