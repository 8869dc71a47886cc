using Kinora.Adapters.Media.Images;
using Kinora.Adapters.Media.Vips;
using Kinora.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Media;

/// <summary>What is left of a sound picture: its pixels, and nothing else that was in its file.</summary>
public sealed class ImageCleanerTests : IDisposable
{
    private static readonly string[] Worker = [.. ChildHost.Command, ImageWorkerCommand.Name];

    private readonly TempFolder _folder = new();
    private readonly ImageCleaner _cleaner = new(new ImageOptions(), Worker);

    private string Output => _folder.File("clean");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _cleaner.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Clean_GoodPng_StaysAPngOfTheSameSize()
    {
        var image = await CleanAsync(HostileImages.Good());

        image.ShouldBe(new CleanImage("image/png", 64, 64));
    }

    [Theory]
    [InlineData("picture.jpg", "image/jpeg", "-q:v 3")]
    [InlineData("grey.jpg", "image/jpeg", "-pix_fmt gray")]
    [InlineData("lossy.webp", "image/png", "-c:v libwebp -quality 70")]
    [InlineData("lossless.webp", "image/png", "-c:v libwebp -lossless 1")]
    [InlineData("palette.png", "image/png", "-pix_fmt pal8")]
    [InlineData("sixteen.png", "image/png", "-pix_fmt rgb48be")]
    [InlineData("one-bit.png", "image/png", "-pix_fmt monob")]
    [InlineData("alpha.png", "image/png", "-pix_fmt rgba")]
    public async Task Clean_SoundPictures_KeepTheirPixels(string name, string mime, string encoding)
    {
        await RunTool.FfmpegAsync(["-f", "lavfi", "-i", "testsrc2=d=1:s=96x64", "-frames:v", "1", .. encoding.Split(' '), _folder.File(name)]);

        var image = await _cleaner.CleanAsync(_folder.File(name), Output, Cancel);

        image.ShouldBe(new CleanImage(mime, 96, 64, Alpha: encoding.Contains("rgba", StringComparison.Ordinal)));
        // ffmpeg spreads the halved colour of lossy files otherwise than libvips does; another picture differs by 60 and more.
        (await DifferenceAsync(_folder.File(name), Output)).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Clean_HalfTransparent_KeepsItsAlpha()
    {
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "color=red@0.5:d=1:s=32x32,format=rgba", "-frames:v", "1", _folder.File("half.png"));

        await _cleaner.CleanAsync(_folder.File("half.png"), Output, Cancel);

        using var clean = VipsImage.Load(Output);
        using var pixels = clean.ReadPixels();
        pixels.Bands.ShouldBe(4);
        pixels.Span[3].ShouldBeInRange((byte)126, (byte)129);
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(2, false, false)]
    [InlineData(4, false, true)]
    [InlineData(6, false, true)]
    [InlineData(0, true, true)]
    [InlineData(2, true, true)]
    public async Task Clean_PngOfEveryColourType_TellsWhetherItCanBeTransparent(int color, bool keyed, bool alpha)
    {
        var channels = color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var source = HostileImages.Png(
            8, 8, color: color, pixels: new byte[8 * (1 + (8 * channels))], extra: keyed ? HostileImages.Chunk("tRNS", new byte[color == 2 ? 6 : 2]) : null);

        (await CleanAsync(source)).ShouldBe(new CleanImage("image/png", 8, 8, alpha));
    }

    [Theory]
    [InlineData("-c:v libwebp -lossless 1 -pix_fmt bgra", true)]
    [InlineData("-c:v libwebp -lossless 0 -pix_fmt yuva420p", true)]
    [InlineData("-c:v libwebp -lossless 0 -pix_fmt yuv420p", false)]
    public async Task Inspect_WebP_TellsWhetherItCanBeTransparent(string encoding, bool alpha)
    {
        await RunTool.FfmpegAsync(["-f", "lavfi", "-i", "color=red@0.5:d=1:s=32x32,format=rgba", "-frames:v", "1", .. encoding.Split(' '), _folder.File("x.webp")]);

        (await _cleaner.InspectAsync(_folder.File("x.webp"), Cancel)).ShouldBe(new CleanImage("image/webp", 32, 32, alpha));
        (await _cleaner.CleanAsync(_folder.File("x.webp"), Output, Cancel)).Alpha.ShouldBe(alpha);
    }

    [Fact]
    public async Task Clean_CmykPhoto_IsConvertedToTheSameColours()
    {
        byte[][] colours = [[200, 30, 40], [30, 160, 60], [60, 80, 150], [128, 128, 128], [250, 250, 250], [10, 10, 10]];
        byte[] pixels = [.. Enumerable.Range(0, 64).SelectMany(_ => colours.SelectMany(c => Enumerable.Repeat(c, 16).SelectMany(p => p)))];
        using (var rgb = VipsImage.FromPixels(pixels, 96, 64, 3))
        using (var cmyk = new VipsOperation("icc_transform").Set("in", rgb).Set("output-profile", "cmyk").Set("input-profile", "srgb").RunToImage())
        {
            await File.WriteAllBytesAsync(_folder.File("cmyk.jpg"), cmyk.ToJpeg(95), Cancel);
        }

        VipsImage.ReadHeader(await File.ReadAllBytesAsync(_folder.File("cmyk.jpg"), Cancel)).Bands.ShouldBe(4);

        (await _cleaner.CleanAsync(_folder.File("cmyk.jpg"), Output, Cancel)).ShouldBe(new CleanImage("image/jpeg", 96, 64));

        using var clean = VipsImage.Load(Output);
        using var made = clean.ReadPixels();
        made.Bands.ShouldBe(3);
        for (var n = 0; n < colours.Length; n++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                // Print cannot show every colour of a screen; a picture taken for RGB, or with its ink inverted, differs by far more.
                Math.Abs(made.Row(32)[(((n * 16) + 8) * 3) + channel] - colours[n][channel]).ShouldBeLessThan(35, $"colour {n}, channel {channel}");
            }
        }
    }

    [Fact]
    public async Task Clean_AnimatedPng_GivesItsFirstFrame()
    {
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "nullsrc=s=96x64:r=2:d=2,geq=r='255*lt(N,1)':g=0:b='255*gte(N,1)'", "-f", "apng", _folder.File("moving.png"));

        (await _cleaner.CleanAsync(_folder.File("moving.png"), Output, Cancel)).ShouldBe(new CleanImage("image/png", 96, 64));

        using var clean = VipsImage.Load(Output);
        using var pixels = clean.ReadPixels();
        (pixels.Span[0] > 200, pixels.Span[2] < 50).ShouldBe((true, true));
        (await File.ReadAllBytesAsync(Output, Cancel)).AsSpan().IndexOf("fdAT"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task Clean_PhotoWithPlaceAndOrientation_IsTurnedAndTellsNothing()
    {
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "testsrc=d=1:s=96x64", "-frames:v", "1", _folder.File("plain.jpg"));
        var plain = await File.ReadAllBytesAsync(_folder.File("plain.jpg"), Cancel);

        var image = await CleanAsync([.. plain[..2], .. HostileImages.ExifWithPlace(), .. plain[2..]]);

        image.ShouldBe(new CleanImage("image/jpeg", 64, 96));
        var bytes = await File.ReadAllBytesAsync(Output, Cancel);
        bytes.AsSpan().IndexOf("Exif"u8).ShouldBe(-1);
        bytes.AsSpan().IndexOf("Canary"u8).ShouldBe(-1);
        bytes.AsSpan().IndexOf("C4N4RY"u8).ShouldBe(-1);
        await RunTool.FfmpegAsync("-i", _folder.File("plain.jpg"), "-vf", "transpose=clock", _folder.File("turned.png"));
        (await DifferenceAsync(_folder.File("turned.png"), Output)).ShouldBeLessThan(3);
    }

    [Fact]
    public async Task Clean_WideColours_AreConvertedAndTheProfileIsGone()
    {
        using (var source = VipsImage.FromPixels([.. Enumerable.Repeat<byte[]>([200, 30, 40], 64).SelectMany(p => p)], 8, 8, 3))
        using (var wide = new VipsOperation("icc_transform").Set("in", source).Set("output-profile", "p3").Set("input-profile", "srgb").RunToImage())
        {
            using var flat = wide.ReadPixels();
            flat.Span[0].ShouldNotBe((byte)200);
            await File.WriteAllBytesAsync(_folder.File("p3.png"), wide.ToPng(), Cancel);
        }

        await _cleaner.CleanAsync(_folder.File("p3.png"), Output, Cancel);

        (await File.ReadAllBytesAsync(Output, Cancel)).AsSpan().IndexOf("iCCP"u8).ShouldBe(-1);
        using var clean = VipsImage.Load(Output);
        using var pixels = clean.ReadPixels();
        ((int)pixels.Span[0]).ShouldBeInRange(198, 202);
        ((int)pixels.Span[1]).ShouldBeInRange(27, 33);
    }

    [Fact]
    public async Task Clean_TextChunksAndTrailer_AreLeftBehind()
    {
        var polyglot = HostileImages.Png(8, 8, color: 2, extra: HostileImages.Chunk("tEXt", "Comment\0<script>alert(document.domain)</script>"u8));

        await CleanAsync([.. polyglot, .. "<script>alert(1)</script>PK\x03\x04"u8]);

        var bytes = await File.ReadAllBytesAsync(Output, Cancel);
        bytes.AsSpan().IndexOf("script"u8).ShouldBe(-1);
        bytes.AsSpan(bytes.Length - 8, 4).SequenceEqual("IEND"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Clean_Animation_GivesItsFirstFrame()
    {
        const string redThenBlue = "nullsrc=s=96x64:r=2:d=2,geq=r='255*lt(N,1)':g=0:b='255*gte(N,1)'";
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", redThenBlue, "-c:v", "libwebp_anim", "-lossless", "1", "-pix_fmt", "bgra", _folder.File("moving.webp"));
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", redThenBlue, "-frames:v", "1", _folder.File("first.png"));

        var image = await _cleaner.CleanAsync(_folder.File("moving.webp"), Output, Cancel);

        image.ShouldBe(new CleanImage("image/png", 96, 64));
        (await DifferenceAsync(_folder.File("first.png"), Output)).ShouldBeLessThan(3);
    }

    [Fact]
    public async Task Inspect_GoodPicture_TellsItsSizeAndLeavesIt()
    {
        var path = _folder.Write("good", HostileImages.Good());

        (await _cleaner.InspectAsync(path, Cancel)).ShouldBe(new CleanImage("image/png", 64, 64));

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(HostileImages.Good());
    }

    private Task<CleanImage> CleanAsync(byte[] bytes) => _cleaner.CleanAsync(_folder.Write("source", bytes), Output, Cancel);

    /// <summary>Mean difference of the two pictures' RGB bytes, by ffmpeg's decoders, not ours.</summary>
    private static async Task<double> DifferenceAsync(string one, string other)
    {
        var a = await RunTool.DecodeAsync(one);
        var b = await RunTool.DecodeAsync(other);
        a.Length.ShouldBe(b.Length);
        return a.Zip(b, (x, y) => (double)Math.Abs(x - y)).Average();
    }
}
