using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Kinora.Adapters.Media.Images;

internal enum ImageKind
{
    Png,
    Jpeg,
    WebP,
}

/// <summary>
/// What a picture says of itself in its first bytes: kind and size in pixels as stored (before any turning). Nothing is decoded and at most a
/// few bytes per segment are read, so this is safe and quick on any bytes.
/// </summary>
internal sealed record ImageHeader(ImageKind Kind, int Width, int Height)
{
    public string MimeType => Kind switch
    {
        ImageKind.Png => "image/png",
        ImageKind.Jpeg => "image/jpeg",
        _ => "image/webp",
    };

    /// <exception cref="Errors.KinoraException"><c>invalid_image</c>: another kind, or a header that makes no sense.</exception>
    public static ImageHeader Read(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        var bytes = new FileBytes(file, RandomAccess.GetLength(file));
        var head = bytes.Read(0, 32);
        var header = head switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngHeader.Read(bytes),
            [0xFF, 0xD8, 0xFF, ..] => JpegHeader.Read(bytes),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebPHeader.Read(bytes),
            _ => throw ImageFault.WrongKind(Guess(head)),
        };
        return header is { Width: > 0, Height: > 0 } ? header : throw ImageFault.Damaged("no or negative size");
    }

    /// <summary>Only for the wording of the refusal.</summary>
    private static string Guess(ReadOnlySpan<byte> head) => head switch
    {
        [] => "empty",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF",
        [(byte)'B', (byte)'M', ..] => "a BMP",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "a HEIC, AVIF or video file",
        [(byte)'<', ..] => "SVG, XML or HTML text",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF",
        _ => "not a picture of a known kind",
    };
}

/// <summary>Random reads of a file that never go past its end.</summary>
internal readonly record struct FileBytes(SafeFileHandle File, long Length)
{
    /// <summary>Fewer than <paramref name="count"/> bytes at the end of the file, none behind it.</summary>
    public byte[] Read(long at, int count)
    {
        var bytes = new byte[(int)Math.Clamp(Length - at, 0, count)];
        var got = bytes.Length == 0 ? 0 : RandomAccess.Read(File, bytes, at);
        return got == bytes.Length ? bytes : bytes[..got];
    }

    /// <summary>Exactly <paramref name="count"/> bytes.</summary>
    /// <exception cref="Errors.KinoraException"><c>invalid_image</c>: the file ends before.</exception>
    public byte[] ReadAll(long at, int count)
    {
        var bytes = Read(at, count);
        return bytes.Length == count ? bytes : throw ImageFault.Damaged("ends inside its header");
    }
}

/// <summary>PNG: the first chunk is IHDR, 13 bytes, with its checksum. RFC 2083, section 4.1.1.</summary>
internal static class PngHeader
{
    public static ImageHeader Read(FileBytes bytes)
    {
        var chunk = bytes.ReadAll(8, 25);
        if (BinaryPrimitives.ReadUInt32BigEndian(chunk) != 13 || !chunk.AsSpan(4, 4).SequenceEqual("IHDR"u8))
        {
            throw ImageFault.Damaged("no IHDR");
        }

        if (Checksum(chunk.AsSpan(4, 17)) != BinaryPrimitives.ReadUInt32BigEndian(chunk.AsSpan(21)))
        {
            throw ImageFault.Damaged("IHDR checksum");
        }

        return new ImageHeader(ImageKind.Png, BinaryPrimitives.ReadInt32BigEndian(chunk.AsSpan(8)), BinaryPrimitives.ReadInt32BigEndian(chunk.AsSpan(12)));
    }

    /// <summary>CRC-32 as in zlib; 17 bytes need no table.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}

/// <summary>JPEG: segments up to the frame header (SOF), which holds the size. ITU T.81, annex B.</summary>
internal static class JpegHeader
{
    private const int MaxSegments = 2000;

    public static ImageHeader Read(FileBytes bytes)
    {
        long at = 2;
        for (var count = 0; count < MaxSegments; count++)
        {
            var head = bytes.ReadAll(at, 4);
            if (head[0] != 0xFF)
            {
                throw ImageFault.Damaged("no marker where one must be");
            }

            if (head[1] == 0xFF)
            {
                at++; // A fill byte.
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2));
            if (IsFrame(head[1]))
            {
                var frame = bytes.ReadAll(at + 4, 5);
                return new ImageHeader(
                    ImageKind.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(3)), BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(1)));
            }

            // A scan, an end or a lone marker before the frame; or a length that does not cover itself.
            if (head[1] is 0xDA or 0xD9 or 0xD8 or 0x01 or 0x00 or (>= 0xD0 and <= 0xD7) || length < 2)
            {
                throw ImageFault.Damaged("no frame header");
            }

            at += 2 + length;
        }

        throw ImageFault.Damaged("too many segments");
    }

    /// <summary>SOF0 to SOF15 without DHT, JPG and DAC, which share the range.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}

/// <summary>WebP: RIFF whose first chunk is VP8, VP8L or VP8X. RFC 9649, section 2.</summary>
internal static class WebPHeader
{
    public static ImageHeader Read(FileBytes bytes)
    {
        var head = bytes.ReadAll(0, 30);
        if (BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)) + 8L > bytes.Length)
        {
            throw ImageFault.Damaged("RIFF size past the end");
        }

        var body = head.AsSpan(20);
        var type = head.AsSpan(12, 4);
        var (width, height) =
            type.SequenceEqual("VP8X"u8) ? (1 + UInt24(body[4..]), 1 + UInt24(body[7..]))
            : type.SequenceEqual("VP8L"u8) && body[0] == 0x2F ? Lossless(BinaryPrimitives.ReadUInt32LittleEndian(body[1..]))
            : type.SequenceEqual("VP8 "u8) && body[3..6].SequenceEqual<byte>([0x9D, 0x01, 0x2A])
                ? (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF)
            : throw ImageFault.Damaged("no VP8 header");
        return new ImageHeader(ImageKind.WebP, width, height);
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static (int Width, int Height) Lossless(uint bits) => ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
}
