using System.Runtime.InteropServices;
using static Kinora.Adapters.Media.Vips.VipsNative;

namespace Kinora.Adapters.Media.Vips;

/// <summary>
/// A libvips image: immutable, lazy, freed on Dispose. Operations on it are in <see cref="VipsImageOperations"/>.
/// Decoding happens when pixels are asked for, so a fault of the file may surface there.
/// </summary>
internal sealed unsafe class VipsImage : SafeHandle
{
    internal VipsImage(nint owned) : base(0, true) => SetHandle(owned);

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => !IsClosed ? handle : throw new ObjectDisposedException(nameof(VipsImage));

    internal int Width => ImageGetWidth(Pointer);

    internal int Height => ImageGetHeight(Pointer);

    internal int Bands => ImageGetBands(Pointer);

    internal bool HasAlpha => ImageHasAlpha(Pointer) != 0;

    /// <summary>What the header says; nothing is decoded.</summary>
    internal static VipsHeader ReadHeader(string path)
    {
        using var image = Load(path, pages: 1);
        return image.Header();
    }

    /// <inheritdoc cref="ReadHeader(string)"/>
    internal static VipsHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        using var image = Load(bytes);
        return image.Header();
    }

    /// <summary>Opens a file by its content (never by its name). <paramref name="pages"/> is for formats that have them; -1 is all.</summary>
    internal static VipsImage Load(string path, int pages = 1)
    {
        Vips.EnsureStarted();
        using var operation = new VipsOperation(Name(ForeignFindLoad(path))).Set("filename", path);
        if (pages != 1)
        {
            operation.Set("n", pages);
        }

        return operation.RunToImage();
    }

    internal static VipsImage Load(ReadOnlySpan<byte> bytes)
    {
        Vips.EnsureStarted();
        nint loader;
        fixed (byte* data = bytes)
        {
            loader = ForeignFindLoadBuffer(data, (nuint)bytes.Length);
        }

        using var operation = new VipsOperation(Name(loader)).SetBytes("buffer", bytes);
        return operation.RunToImage();
    }

    /// <summary>Interleaved 8-bit pixels, copied: 1 band is grey, 3 sRGB, 4 sRGB with straight alpha.</summary>
    internal static VipsImage FromPixels(ReadOnlySpan<byte> pixels, int width, int height, int bands)
    {
        Vips.EnsureStarted();
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Length, width * height * bands);
        nint image;
        fixed (byte* data = pixels)
        {
            image = ImageNewFromMemoryCopy(data, (nuint)(width * height * bands), width, height, bands, 0);
        }

        if (image == 0)
        {
            throw VipsException.Take("image from memory");
        }

        using var raw = new VipsImage(image);
        using var operation = new VipsOperation("copy").Set("in", raw).Set("interpretation", bands < 3 ? "b-w" : "srgb");
        return operation.RunToImage();
    }

    /// <summary>Decodes all into native memory for reading as a span, freed on Dispose.</summary>
    internal VipsPixels ReadPixels()
    {
        var data = ImageWriteToMemory(Pointer, out var size);
        return data == 0 ? throw VipsException.Take("pixels") : new VipsPixels(data, checked((int)size), Width, Height, Bands);
    }

    /// <summary>Makes any decode that is under way stop with an error; for cancelling from another thread.</summary>
    internal void Kill() => ImageSetKill(Pointer, 1);

    protected override bool ReleaseHandle()
    {
        ObjectUnref(handle);
        return true;
    }

    private VipsHeader Header() =>
        new(Width, Height, Bands, ImageGetPages(Pointer), ImageGetOrientation(Pointer), ImageGetInterpretation(Pointer), HasAlpha);

    private static string Name(nint loader) =>
        loader == 0 ? throw VipsException.Take("unknown image format") : Nickname(Marshal.PtrToStringUTF8(loader)!);

    // The finder answers with a class name (VipsForeignLoadPngFile); operations are made by nickname (pngload).
    private static string Nickname(string className) => Marshal.PtrToStringUTF8(NicknameFind(TypeFromName(className)))!;
}

/// <summary>An image's header. <paramref name="Orientation"/> is EXIF's 1..8; 5 and above swap the sides once applied.</summary>
internal sealed record VipsHeader(int Width, int Height, int Bands, int Pages, int Orientation, int Interpretation, bool HasAlpha);

/// <summary>Decoded interleaved 8-bit pixels in native memory.</summary>
internal sealed unsafe class VipsPixels(nint data, int length, int width, int height, int bands) : IDisposable
{
    private nint _data = data;

    internal int Width { get; } = width;

    internal int Height { get; } = height;

    internal int Bands { get; } = bands;

    internal ReadOnlySpan<byte> Span => new((void*)_data, _data == 0 ? 0 : length);

    internal ReadOnlySpan<byte> Row(int y) => Span.Slice(y * Width * Bands, Width * Bands);

    public void Dispose()
    {
        Free(_data);
        _data = 0;
    }
}
