using Kinora.Adapters.Media.Images;
using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Storage;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.References;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.References;

/// <summary>The pixels are looked at: colours of corners and centre tell cropping, padding and stretching apart.</summary>
public sealed class PrepareReferenceTests : IDisposable
{
    private static readonly byte[] Red = [255, 0, 0], Green = [0, 255, 0], Blue = [0, 0, 255], Black = [0, 0, 0];
    private readonly TempFolder _folder = new();
    private readonly ImageCleaner _images = new(new ImageOptions { WallSeconds = 30 }, [.. ChildHost.Command, ImageWorkerCommand.Name]);
    private readonly ReferenceService _service;

    public PrepareReferenceTests()
    {
        var (folders, assets, random) = (TestFolders.At(_folder.Path), new DiskAssetStore(_folder.File("data"), new StorageOptions()), new SystemRandomBytes());
        _service = new ReferenceService(folders, new ReferenceImporter(_images, assets, random, folders, new FakeUrls()), _images, assets, random);
        Directory.CreateDirectory(_folder.File("references/pets"));
        // 60 x 30: red, green and blue columns of 20.
        _folder.Write("references/pets/cat.png", Columns(20, 30, Red, Green, Blue).ToPng());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _images.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Crop_FillsTheSizeFromTheMiddle()
    {
        var made = await PrepareAsync(new PrepareReference("pets/cat.png", new FrameSize(64, 64)));

        made.ShouldBe(new PreparedReference("pets/cat_64x64.png", 60, 30, 64, 64, FitMode.Crop, made.Bytes, _folder.File("references/pets/cat_64x64.png")));
        made.Bytes.ShouldBe(new FileInfo(made.Path).Length);
        // The middle 30 of 60: 5 red, 20 green, 5 blue, enlarged.
        Pixels(made).ShouldBe(Red, Green, Blue, left: (1, 32), middle: (32, 32), right: (62, 32));
    }

    [Fact]
    public async Task Pad_EnlargesTheWholePicture_OnBlackOrAGivenColour()
    {
        var black = Pixels(await PrepareAsync(new PrepareReference("pets/cat.png", new FrameSize(120, 120)) { Mode = FitMode.Pad }));
        black.ShouldBe(Red, Green, Blue, left: (2, 60), middle: (60, 60), right: (117, 60));
        black.ShouldBe(Black, Black, Black, left: (2, 20), middle: (60, 28), right: (117, 92));
        black.ShouldBe(Red, Green, Blue, left: (2, 32), middle: (60, 87), right: (117, 32));

        var orange = Pixels(await PrepareAsync(new PrepareReference("pets/cat.png", new FrameSize(120, 120)) { Mode = FitMode.Pad, Background = "#FF8000", OutputName = "o.png" }));
        orange.ShouldBe([255, 128, 0], Green, [255, 128, 0], left: (2, 2), middle: (60, 60), right: (117, 117));
    }

    [Fact]
    public async Task Rescale_StretchesAll()
    {
        var made = await PrepareAsync(new PrepareReference("pets/cat.png", new FrameSize(30, 90)) { Mode = FitMode.Rescale });

        (made.Width, made.Height).ShouldBe((30, 90));
        Pixels(made).ShouldBe(Red, Green, Blue, left: (3, 2), middle: (15, 88), right: (26, 45));
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(720, 1280)]
    [InlineData(1024, 1792)]
    [InlineData(17, 4096)]
    [InlineData(4096, 16)]
    [InlineData(333, 777)]
    public async Task EveryMode_MakesExactlyTheSize(int width, int height)
    {
        foreach (var mode in Enum.GetValues<FitMode>())
        {
            var made = await PrepareAsync(new PrepareReference("pets/cat.png", new FrameSize(width, height)) { Mode = mode, OutputName = $"{mode}.png" });

            (made.Width, made.Height).ShouldBe((width, height));
            VipsImage.ReadHeader(made.Path).ShouldBe(new VipsHeader(width, height, 3, 1, 1, 22, false));
        }
    }

    [Theory]
    [InlineData(4000, 1)]
    [InlineData(1, 4000)]
    [InlineData(1, 1)]
    public async Task EveryMode_OfALineOrADot_StaysInItsLimits(int width, int height)
    {
        _folder.Write("references/line.png", Columns(width, height, Green).ToPng());
        foreach (var mode in Enum.GetValues<FitMode>())
        {
            var made = await PrepareAsync(new PrepareReference("line.png", new FrameSize(512, 256)) { Mode = mode, OutputName = $"{mode}.png" });

            // The middle, where even a padded line is.
            Pixels(made).At(255, 127).ShouldBe(Green);
        }
    }

    [Fact]
    public async Task Photo_OnItsSide_IsTurnedFirst_AndTellsNothingOfItself()
    {
        await RunTool.FfmpegAsync("-i", _folder.File("references/pets/cat.png"), "-q:v", "1", _folder.File("plain.jpg"));
        var plain = await File.ReadAllBytesAsync(_folder.File("plain.jpg"), Cancel);
        _folder.Write("references/photo.jpg", [.. plain[..2], .. HostileImages.ExifWithPlace(), .. plain[2..]]);

        var made = await PrepareAsync(new PrepareReference("photo.jpg", new FrameSize(60, 120)) { Mode = FitMode.Rescale, OutputName = "upright.jpeg" });

        (made.OriginalWidth, made.OriginalHeight).ShouldBe((30, 60));
        var pixels = Pixels(made);
        pixels.Near(30, 10, Red).ShouldBeTrue();
        pixels.Near(30, 110, Blue).ShouldBeTrue();
        var bytes = await File.ReadAllBytesAsync(made.Path, Cancel);
        bytes.AsSpan().IndexOf("Exif"u8).ShouldBe(-1);
        bytes.AsSpan().IndexOf("Canary"u8).ShouldBe(-1);
    }

    [Theory]
    [InlineData("out.png", FitMode.Crop, 4)]
    [InlineData("out.webp", FitMode.Rescale, 4)]
    [InlineData("out.jpg", FitMode.Crop, 3)]
    [InlineData("out.JPEG", FitMode.Rescale, 3)]
    [InlineData("out.png", FitMode.Pad, 3)]
    [InlineData("out.webp", FitMode.Pad, 3)]
    public async Task Transparent_IsKeptWhereItCanBe_ElseLiesOnTheBackground(string output, FitMode mode, int bands)
    {
        _folder.Write("references/clear.png", VipsImage.FromPixels([.. Enumerable.Repeat<byte[]>([255, 0, 0, 0], 64 * 64).SelectMany(p => p)], 64, 64, 4).ToPng());

        var made = await PrepareAsync(new PrepareReference("clear.png", new FrameSize(32, 48)) { Mode = mode, OutputName = output, Background = "#00ff00" });

        var pixels = Pixels(made);
        pixels.Bands.ShouldBe(bands);
        if (bands == 4)
        {
            pixels.Raw(16, 24)[3].ShouldBe((byte)0);
        }
        else
        {
            pixels.Near(16, 24, Green).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("out.png", PictureType.Png)]
    [InlineData("new/folder/out.JPG", PictureType.Jpeg)]
    [InlineData("out.jpeg", PictureType.Jpeg)]
    [InlineData("out.webp", PictureType.WebP)]
    public async Task Output_IsWhatItsNameEndsIn(string output, PictureType type)
    {
        var made = await PrepareAsync(new PrepareReference("pets/cat.png", new FrameSize(64, 32)) { OutputName = output });

        PictureTypes.OfBytes((await File.ReadAllBytesAsync(made.Path, Cancel)).AsSpan(0, 12)).ShouldBe(type);
        (await _service.ListAsync("local", new ReferenceQuery { Pattern = output }, Cancel)).Items.ShouldHaveSingleItem().Type.ShouldBe(type);
    }

    [Theory]
    [InlineData("pets/cat.png", 8, 64, null, null, ErrorCodes.InvalidRequest)]
    [InlineData("pets/cat.png", 64, 4097, null, null, ErrorCodes.InvalidRequest)]
    [InlineData("pets/cat.png", 64, 64, "out.gif", null, ErrorCodes.InvalidRequest)]
    [InlineData("pets/cat.png", 64, 64, "out", null, ErrorCodes.InvalidRequest)]
    [InlineData("pets/cat.png", 64, 64, null, "red", ErrorCodes.InvalidRequest)]
    [InlineData("pets/cat.png", 64, 64, null, "#12345g", ErrorCodes.InvalidRequest)]
    [InlineData("pets/cat.png", 64, 64, "../out.png", null, ErrorCodes.InvalidFileName)]
    [InlineData("../pets/cat.png", 64, 64, null, null, ErrorCodes.InvalidFileName)]
    [InlineData("none.png", 64, 64, null, null, ErrorCodes.FileNotFound)]
    [InlineData("pets/cat.png", 64, 64, "pets/cat.png", null, ErrorCodes.FileExists)]
    [InlineData("pets/text.png", 64, 64, null, null, ErrorCodes.InvalidImage)]
    [InlineData("pets/bomb.png", 64, 64, null, null, ErrorCodes.ImageTooLarge)]
    [InlineData("pets/cut.png", 64, 64, null, null, ErrorCodes.InvalidImage)]
    public async Task Prepare_WhatWillNotDo_IsRefusedAndLeavesNothing(string input, int width, int height, string? output, string? background, string code)
    {
        _folder.Write("references/pets/text.png", "text"u8);
        _folder.Write("references/pets/bomb.png", HostileImages.TooLarge["65500-squared-1-bit.png"]);
        _folder.Write("references/pets/cut.png", HostileImages.Damaged["truncated.png"]);
        var before = Everything();

        var fault = await Should.ThrowAsync<KinoraException>(
            () => PrepareAsync(new PrepareReference(input, new FrameSize(width, height)) { OutputName = output, Background = background }));

        fault.Code.ShouldBe(code);
        Everything().ShouldBe(before);
        new DiskAssetStore(_folder.File("data"), new StorageOptions()).ListWork().ShouldBeEmpty();
    }

    [Fact]
    public async Task Prepare_Twice_KeepsTheFirst_AndNeverTouchesTheSource()
    {
        var source = await File.ReadAllBytesAsync(_folder.File("references/pets/cat.png"), Cancel);
        var request = new PrepareReference("pets/cat.png", new FrameSize(64, 64));
        var first = await PrepareAsync(request);
        var bytes = await File.ReadAllBytesAsync(first.Path, Cancel);

        (await Should.ThrowAsync<KinoraException>(() => PrepareAsync(request with { Mode = FitMode.Pad }))).Message
            .ShouldBe("There is a file of that name in the reference folder. Choose another name.");

        (await File.ReadAllBytesAsync(first.Path, Cancel)).ShouldBe(bytes);
        (await File.ReadAllBytesAsync(_folder.File("references/pets/cat.png"), Cancel)).ShouldBe(source);
    }

    [Fact]
    public async Task Fit_WorkerThatMakesAnotherSize_IsNotBelieved()
    {
        var other = _folder.Write("other.png", HostileImages.Good());
        using var lying = new ImageCleaner(new ImageOptions(), ["/bin/sh", "-c", $"cp {other} \"$2\""]);

        await Should.ThrowAsync<KinoraException>(() => lying.FitAsync(
            other, _folder.File("out"), new PictureFit(new FrameSize(32, 32), FitMode.Crop, PictureType.Png, Colour.Black), Cancel));

        File.Exists(_folder.File("out")).ShouldBeFalse();
    }

    private Task<PreparedReference> PrepareAsync(PrepareReference request) => _service.PrepareAsync("local", request, Cancel);

    private string[] Everything() => [.. Directory.EnumerateFileSystemEntries(_folder.File("references"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static VipsImage Columns(int width, int height, params byte[][] colours)
    {
        var row = colours.SelectMany(colour => Enumerable.Repeat(colour, width).SelectMany(p => p)).ToArray();
        return VipsImage.FromPixels([.. Enumerable.Repeat(row, height).SelectMany(p => p)], width * colours.Length, height, 3);
    }

    private static Picture Pixels(PreparedReference made)
    {
        using var image = VipsImage.Load(made.Path);
        using var pixels = image.ReadPixels();
        return new Picture(pixels.Span.ToArray(), pixels.Width, pixels.Bands);
    }

    private sealed record Picture(byte[] Bytes, int Width, int Bands)
    {
        public byte[] Raw(int x, int y) => Bytes.AsSpan(((y * Width) + x) * Bands, Bands).ToArray();

        public byte[] At(int x, int y) => Raw(x, y)[..3];

        public bool Near(int x, int y, byte[] colour) => At(x, y).Zip(colour, (a, b) => Math.Abs(a - b)).All(difference => difference < 40);

        public void ShouldBe(byte[] one, byte[] two, byte[] three, (int X, int Y) left, (int X, int Y) middle, (int X, int Y) right)
        {
            At(left.X, left.Y).ShouldBe(one);
            At(middle.X, middle.Y).ShouldBe(two);
            At(right.X, right.Y).ShouldBe(three);
        }
    }
}
