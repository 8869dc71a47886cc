using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Providers.Animatic;

public sealed class StillTests
{
    private static readonly AnimaticStill Cat = new() { Prompt = "A cat in a meadow", Width = 320, Height = 240, Seed = 2 };

    [Theory]
    [InlineData("png", 0x89)]
    [InlineData("jpeg", 0xFF)]
    [InlineData("webp", 0x52)]
    public void Render_Format_GivesThatFormatAndSize(string format, int first)
    {
        var bytes = StillRenderer.Render(Cat with { Format = format });
        bytes[0].ShouldBe((byte)first);
        var header = VipsImage.ReadHeader(bytes);
        (header.Width, header.Height, header.HasAlpha).ShouldBe((320, 240, false));
    }

    [Fact]
    public void Render_Transparent_ShowsOnlyTheFigure()
    {
        using var image = VipsImage.Load(StillRenderer.Render(Cat with { Transparent = true }));
        using var pixels = image.ReadPixels();
        pixels.Bands.ShouldBe(4);
        pixels.Row(0)[3].ShouldBe((byte)0);
        var drawn = Enumerable.Range(0, 240).Sum(y => Enumerable.Range(0, 320).Count(x => pixels.Row(y)[x * 4 + 3] > 0));
        drawn.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Render_SameSeed_SameBytes() => StillRenderer.Render(Cat).ShouldBe(StillRenderer.Render(Cat));

    [Fact]
    public void Render_InputAndMask_ChangesOnlyWhereTheMaskIsOpen()
    {
        using var folder = new TempFolder();
        var (input, mask) = (folder.File("input.png"), folder.File("mask.png"));
        Clips.WritePicture(input, 320, 240);
        var open = new byte[320 * 240 * 4];
        for (var i = 0; i < open.Length; i += 4)
        {
            open[i + 3] = (byte)(i / 4 % 320 < 160 ? 0 : 255);
        }

        using (var image = VipsImage.FromPixels(open, 320, 240, 4))
        {
            File.WriteAllBytes(mask, image.ToPng());
        }

        using var changed = VipsImage.Load(StillRenderer.Render(Cat with { Prompt = "make it night", InputPath = input, MaskPath = mask }));
        using var before = VipsImage.Load(input);
        using var one = changed.ReadPixels();
        using var two = before.ReadPixels();
        int Sum(int x) => Enumerable.Range(60, 60).Sum(y => Math.Abs(one.Row(y)[x * one.Bands] - two.Row(y)[x * two.Bands]));
        Sum(40).ShouldBeGreaterThan(600);
        Sum(200).ShouldBe(0);
    }
}
