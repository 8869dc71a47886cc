using System.Text;
using Kinora.Errors;
using Kinora.Folders;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Folders;

public sealed class UserFileNameTests
{
    /// <summary>Of the hostile list, what is a plain and safe name after all; everything else is refused.</summary>
    private static readonly string[] Safe =
    [
        "\u00c5.png", "\u0131.png", "\u017f.png", "\u1e9e.png", "\ud83d\ude00.png", "appsettings.Production.json", "app.db", "app.db-wal", "app.db-shm",
        "wwwroot/index.html", "authorized_keys", "x.svg", "x.m3u8", "x.ffconcat", "x.png.part", "desktop.ini", "core", "x' OR '1'='1.png", "constructor",
        "undefined", "true", "0", "1e9",
    ];

    [Theory]
    [InlineData("film.mp4")]
    [InlineData("clips/day-1/take 2 (final).mp4")]
    [InlineData("Ünïcödé – nein.png", false)]
    [InlineData("Grüße aus Köln.png")]
    [InlineData("日本語の写真.jpg")]
    [InlineData("हिन्दी.webp")]
    [InlineData("_private/[1] a+b=c & d, e!.png")]
    [InlineData("1/2/3/4/5/6/7/8.png")]
    [InlineData("1/2/3/4/5/6/7/8/9.png", false)]
    [InlineData("comma.png")]
    [InlineData("com1.png", false)]
    [InlineData("a/Con /b.png", false)]
    [InlineData("lpt0", false)]
    [InlineData("A\u030a.png", false)] // The other spelling of Å.
    [InlineData("a\u202egnp.exe", false)]
    [InlineData("\uff41.png", false)]
    [InlineData("a\u00a0b.png", false)]
    [InlineData("-rf", false)]
    [InlineData("a~1.png", false)]
    [InlineData("100%.png", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsAllowed_TakesPlainNamesAlone(string? name, bool allowed = true) => UserFileName.IsAllowed(name).ShouldBe(allowed);

    [Fact]
    public void IsAllowed_CountsBytesOfUtf8()
    {
        UserFileName.IsAllowed(new string('a', 255)).ShouldBeTrue();
        UserFileName.IsAllowed(new string('a', 256)).ShouldBeFalse();
        UserFileName.IsAllowed(new string('漢', 85)).ShouldBeTrue();
        UserFileName.IsAllowed(new string('漢', 86)).ShouldBeFalse();
        var part = new string('a', 249);
        UserFileName.IsAllowed($"{part}/{part}/{part}/{part}a").ShouldBeTrue();
        UserFileName.IsAllowed($"{part}/{part}/{part}/{part}aa").ShouldBeFalse();
        UserFileName.IsAllowed(new string('/', 50_000_000)).ShouldBeFalse();
    }

    [Fact]
    public void HostileNames_AreRefused_OrPlainAndSafe()
    {
        HostilePaths.All.Count.ShouldBe(222);
        var allowed = HostilePaths.All.Where(line => line.Class != "symlink-setup" && UserFileName.IsAllowed(line.Name)).Select(line => line.Name).ToList();

        allowed.Where(name => name.Length <= 100).ShouldBe(Safe, ignoreOrder: true);
        allowed.Where(name => name.Length > 100).ShouldAllBe(name => Encoding.UTF8.GetByteCount(name) <= 255);
    }

    [Fact]
    public void Require_BadName_SaysWhatIsAllowedAndNeverTheName()
    {
        var one = Should.Throw<KinoraException>(() => UserFileName.Require("../../etc/passwd"));
        var other = Should.Throw<KinoraException>(() => UserFileName.Require("x\0"));

        one.Code.ShouldBe(ErrorCodes.InvalidFileName);
        one.Message.ShouldBe(other.Message);
        one.Message.ShouldNotContain("passwd");
    }
}
