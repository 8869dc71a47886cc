using System.Diagnostics;
using Kinora.Errors;
using Kinora.References;
using Shouldly;
using Xunit;

namespace Kinora.Tests.References;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("*", "cat.png")]
    [InlineData("*", "pets/cat.png", false)]
    [InlineData("*.png", "CAT.PNG")]
    [InlineData("*.png", "cat.jpg", false)]
    [InlineData("**", "pets/old/cat.png")]
    [InlineData("**/*.png", "cat.png")]
    [InlineData("**/*.png", "pets/old/cat.png")]
    [InlineData("**/cat.png", "tomcat.png", false)]
    [InlineData("pets/**/cat.png", "pets/cat.png")]
    [InlineData("pets/**/cat.png", "pets/a/b/cat.png")]
    [InlineData("pets/**/cat.png", "petscat.png", false)]
    [InlineData("pets/*", "pets/a/cat.png", false)]
    [InlineData("c?t.png", "cat.png")]
    [InlineData("c?t.png", "c/t.png", false)]
    [InlineData("c[a-c]t.png", "cbt.png")]
    [InlineData("c[!a-c]t.png", "cbt.png", false)]
    [InlineData("c[!a-c]t.png", "cxt.png")]
    [InlineData("c[!a]t.png", "c/t.png", false)]
    [InlineData("[]]x", "]x")]
    [InlineData("[a-]x", "-x")]
    [InlineData("?.png", "\ud83d\ude00.png")]
    [InlineData("a.png", "axpng", false)]
    [InlineData("a*b*c", "aXbYbZc")]
    [InlineData("a*b*c", "aXbYbZ", false)]
    public void Matches_RelativeNames(string pattern, string name, bool matches = true) => new GlobPattern(pattern).Matches(name).ShouldBe(matches);

    [Fact]
    public void Matches_PatternMadeToTakeForEver_IsSoonDone()
    {
        var started = Stopwatch.GetTimestamp();
        var pattern = new GlobPattern(string.Concat(Enumerable.Repeat("**a*", 49)) + "b");

        pattern.Matches(new string('a', 1000)).ShouldBeFalse();

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[a")]
    [InlineData("[")]
    public void Pattern_ThatIsNone_IsRefused(string pattern) => Should.Throw<KinoraException>(() => new GlobPattern(pattern)).Code.ShouldBe(ErrorCodes.InvalidRequest);

    [Fact]
    public void Pattern_TooLong_IsRefused() => Should.Throw<KinoraException>(() => new GlobPattern(new string('*', 201)));
}
