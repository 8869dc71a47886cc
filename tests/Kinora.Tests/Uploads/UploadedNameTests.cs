using System.Text;
using Kinora.Tests.Folders;
using Kinora.Uploads;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Uploads;

public sealed class UploadedNameTests
{
    [Theory]
    [InlineData("cat.png", "cat.png")]
    [InlineData("C:\\Users\\ann\\cat.png", "cat.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a/b\\c/d.png", "d.png")]
    [InlineData("Grüße 日本 🦊.png", "Grüße 日本 🦊.png")]
    [InlineData("a\r\nSet-Cookie: x\0\u001b[31m.png", "aSet-Cookie: x[31m.png")]
    [InlineData("cat\u202egnp.exe", "catgnp.exe")]
    [InlineData("a\u2028b\u2029c", "abc")]
    [InlineData(" cat.png ", "cat.png")]
    [InlineData("..", "file")]
    [InlineData("cats/", "file")]
    [InlineData("\u0007", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    public void Of_KeepsWhatIsHarmlessToShow(string? name, string kept) => UploadedName.Of(name).ShouldBe(kept);

    [Fact]
    public void Of_CutsLongNames_BetweenCharacters()
    {
        UploadedName.Of(new string('x', 300)).ShouldBe(new string('x', 255));
        UploadedName.Of(new string('x', 254) + "🦊.png").ShouldBe(new string('x', 254));
        UploadedName.Of("a\ud83eb\udd8ac").ShouldBe("abc");
    }

    [Fact]
    public void Of_HostileNames_IsOnePlainPart()
    {
        foreach (var (_, name) in HostilePaths.All)
        {
            var kept = UploadedName.Of(name);

            kept.Length.ShouldBeInRange(1, UploadedName.MaxLength);
            kept.IndexOfAny(['/', '\\']).ShouldBe(-1);
            kept.Any(char.IsControl).ShouldBeFalse();
            kept.ShouldNotBeOneOf(".", "..");
            Should.NotThrow(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(kept));
        }
    }
}
