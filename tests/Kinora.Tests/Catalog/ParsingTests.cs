using Kinora.Catalog;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Catalog;

public sealed class ParsingTests
{
    [Theory]
    [InlineData("1280x720", "1280x720", "16:9")]
    [InlineData("720X1280", "720x1280", "9:16")]
    [InlineData("1024×1024", "1024x1024", "1:1")]
    [InlineData(" 640x480 ", "640x480", "4:3")]
    [InlineData("1x1", "1x1", "1:1")]
    [InlineData("99999x99999", "99999x99999", "1:1")]
    public void FrameSize_Good(string text, string written, string ratio)
    {
        FrameSize.TryParse(text, out var size).ShouldBeTrue();
        size.ToString().ShouldBe(written);
        size.Ratio.ShouldBe(ratio);
        size.Pixels.ShouldBe((long)size.Width * size.Height);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1280")]
    [InlineData("x720")]
    [InlineData("1280x")]
    [InlineData("0x720")]
    [InlineData("1280x0")]
    [InlineData("-1280x720")]
    [InlineData("+1280x720")]
    [InlineData("1280 x 720")]
    [InlineData("1280x720x2")]
    [InlineData("1280.0x720")]
    [InlineData("100000x720")]
    [InlineData("4294968576x720")]
    [InlineData("１２８０x７２０")]
    [InlineData("1280:720")]
    public void FrameSize_Bad(string? text) => FrameSize.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("video_0123456789abcdef0123456789abcdef")]
    [InlineData("image_0123456789abcdef0123456789abcdef")]
    [InlineData("01234567-89ab-cdef-0123-456789abcdef")]
    public void JobId_Good(string text)
    {
        JobId.TryParse(text, out var id).ShouldBeTrue();
        id.Hex.ShouldBe("0123456789abcdef0123456789abcdef");
        id.Uuid.ShouldBe("01234567-89ab-cdef-0123-456789abcdef");
        id.ToString().ShouldBe("video_0123456789abcdef0123456789abcdef");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("video_")]
    [InlineData("video_01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("VIDEO_0123456789abcdef0123456789abcdef")]
    [InlineData("video_video_0123456789abcdef0123456789abcdef")]
    [InlineData("{01234567-89ab-cdef-0123-456789abcdef}")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData(" 0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef\n")]
    [InlineData("video_ 0123456789abcdef0123456789abcdef")]
    [InlineData("0x234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("+1234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef/../x")]
    public void JobId_Bad(string? text) => JobId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void JobId_New_UsesAllItsBits()
    {
        var random = new SystemRandomBytes();
        var ids = Enumerable.Range(0, 1_000).Select(_ => JobId.New(random).Hex).ToList();

        ids.Distinct().Count().ShouldBe(1_000);
        // No digit is fixed, as the version digit of a UUID would be.
        for (var i = 0; i < 32; i++)
        {
            ids.Select(id => id[i]).Distinct().Count().ShouldBe(16);
        }
    }
}
