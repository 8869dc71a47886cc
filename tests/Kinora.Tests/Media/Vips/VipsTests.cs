using Kinora.Adapters.Media.Vips;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Media.Vips;

public sealed class VipsTests
{
    [Theory]
    [InlineData("Hello")]
    [InlineData("Привет")]
    [InlineData("Ελληνικά")]
    [InlineData("你好世界")]
    public void Draw_ShippedScripts_DrawGlyphsAndNoBoxes(string text)
    {
        // A missing glyph is a box of hex digits: it would look the same in a private-use character.
        using var drawn = new VipsText { Text = text, Size = 40 }.Draw();
        using var boxes = new VipsText { Text = new string('\uE123', text.Length), Size = 40 }.Draw();
        drawn.Width.ShouldBeGreaterThan(30);
        drawn.ToPng().ShouldNotBe(boxes.ToPng());
        Ink(drawn).ShouldBeInRange(0.1, 0.6);
    }

    [Fact]
    public void Draw_Markup_IsPlainText()
    {
        using var plain = new VipsText { Text = "<b>&</b>", Size = 30 }.Draw();
        plain.Width.ShouldBeGreaterThan(90);
    }

    [Fact]
    public void Draw_Wrapped_StaysInsideTheWidth()
    {
        using var image = new VipsText { Text = new string('W', 200), Size = 20, WrapAt = 150 }.Draw();
        image.Width.ShouldBeLessThanOrEqualTo(150);
    }

    [Fact]
    public void ReadHeader_Bytes_TellsSizeWithoutDecoding()
    {
        using var image = VipsImage.FromPixels(new byte[60 * 40 * 3], 60, 40, 3);
        var header = VipsImage.ReadHeader(image.ToPng());
        (header.Width, header.Height, header.Pages, header.Orientation, header.HasAlpha).ShouldBe((60, 40, 1, 1, false));
    }

    [Fact]
    public void Load_NoImage_IsAFaultOfItsOwnKind() =>
        Should.Throw<VipsException>(() => VipsImage.Load("not an image"u8)).Message.ShouldContain("unknown image format");

    [Theory]
    [InlineData(100, 100)]
    [InlineData(31, 77)]
    public void Thumbnail_Cover_HasExactlyTheBox(int width, int height)
    {
        using var image = VipsImage.FromPixels(new byte[400 * 300 * 3], 400, 300, 3);
        using var small = image.Thumbnail(width, height, VipsFit.Cover);
        (small.Width, small.Height).ShouldBe((width, height));
    }

    [Fact]
    public void Composite_OverWithAlpha_CoversWhatLiesBelow()
    {
        using var below = VipsImage.FromPixels(Enumerable.Repeat((byte)10, 20 * 20 * 4).ToArray(), 20, 20, 4);
        using var over = VipsImage.FromPixels(Enumerable.Repeat((byte)255, 4 * 4 * 4).ToArray(), 4, 4, 4);
        using var both = below.Composite(over, 8, 8);
        using var bytes = both.ToBytes();
        using var pixels = bytes.ReadPixels();
        pixels.Row(10)[40].ShouldBe((byte)255);
        pixels.Row(2)[8].ShouldBe((byte)10);
    }

    private static double Ink(VipsImage image)
    {
        using var pixels = image.ReadPixels();
        double sum = 0;
        foreach (var sample in pixels.Span)
        {
            sum += sample / 255.0;
        }

        return sum / pixels.Span.Length;
    }
}
