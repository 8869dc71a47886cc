using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Kinora.Tests.Media;

/// <summary>Makes pictures byte by byte, sound and hostile. All are inert: malformed, oversized or mislabelled data.</summary>
internal static class HostileImages
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly byte[] Svg = Encoding.ASCII.GetBytes(
        "<?xml version=\"1.0\"?><!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&x;</text>"
        + "<image href=\"http://127.0.0.1:18999/svg\"/><script>alert(1)</script></svg>");

    /// <summary>Refused for their size, from the header alone.</summary>
    public static IReadOnlyDictionary<string, byte[]> TooLarge { get; } = new Dictionary<string, byte[]>
    {
        ["65500-squared-1-bit.png"] = Png(65_500, 65_500, depth: 1, pixels: []),
        ["2-31-squared.png"] = Png(0x7FFFFFFF, 0x7FFFFFFF, color: 6, pixels: [0]),
        ["32768-squared-wraps.png"] = Png(32_768, 32_768, color: 6, pixels: [0]),
        ["tall.png"] = Png(1, 200_000_000, pixels: new byte[2_000_000]),
        ["progressive-64-mpx.jpg"] = [0xFF, 0xD8, .. Frame(0xC2, 8000, 8000), .. Scans(500), 0xFF, 0xD9],
        ["65535-squared.jpg"] = [0xFF, 0xD8, .. Frame(0xC0, 65_535, 65_535), 0xFF, 0xD9],
        ["16-million-wide.webp"] = WebP("VP8X", [0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF]),
        ["lossless-16384.webp"] = WebP("VP8L", [0x2F, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0, 0, 0, 0]),
    };

    /// <summary>Refused for what they are.</summary>
    public static IReadOnlyDictionary<string, byte[]> OtherKinds { get; } = new Dictionary<string, byte[]>
    {
        ["empty.png"] = [],
        ["canvas.gif"] = [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, .. ";"u8],
        ["script.gif"] = [.. "GIF89a/*"u8, .. new byte[20], .. "*/=1;alert(1)//;"u8],
        ["negative.bmp"] = [.. "BM"u8, 54, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0x80, .. new byte[28]],
        ["self-pointing.tif"] = [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0, 1, 4, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 8, 0, 0, 0],
        ["picture.svg"] = Svg,
        ["svg-named.png"] = Svg,
        ["drawing-script.png"] = "push graphic-context\nviewbox 0 0 1 1\nimage over 0,0 0,0 'http://127.0.0.1:18999/mvg'\npop graphic-context"u8.ToArray(),
        ["program.png"] = [0x7F, .. "ELF"u8, 2, 1, 1, .. new byte[57]],
        ["document.jpg"] = "%PDF-1.7\n"u8.ToArray(),
        ["document.png"] = "%PDF-1.7\n"u8.ToArray(),
        ["page.png"] = "<!DOCTYPE html><html><body><img src=x onerror=alert(1)></body></html>"u8.ToArray(),
        ["photo.heic"] = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8],
        ["indented.png"] = [(byte)' ', .. Good()],
    };

    /// <summary>Right in their first bytes, wrong behind them.</summary>
    public static IReadOnlyDictionary<string, byte[]> Damaged { get; } = new Dictionary<string, byte[]>
    {
        ["signature-only.png"] = Signature.ToArray(),
        ["truncated.png"] = Png(512, 512, pixels: Noise(513 * 512))[..^2000],
        ["bad-checksum.png"] = BadChecksum(),
        ["header-twice-missing.png"] = [.. Signature, .. Chunk("IDAT", [0]), .. new byte[40]],
        ["promises-1-gib.png"] = [.. Signature, .. Header(8, 8), 0x40, 0, 0, 0, .. "IDAT"u8, .. new byte[1000]],
        ["zero-size.png"] = Png(0, 10, pixels: []),
        ["no-pixels.png"] = [.. Signature, .. Header(8, 8), .. Chunk("IEND", [])],
        ["noise-pixels.png"] = [.. Signature, .. Header(64, 64), .. Chunk("IDAT", Noise(4000)), .. Chunk("IEND", [])],
        ["server-code.jpg"] = [0xFF, 0xD8, 0xFF, 0xE0, .. "<?php phpinfo(); ?>"u8],
        ["magic-only.jpg"] = [0xFF, 0xD8, 0xFF],
        ["fill-for-ever.jpg"] = [0xFF, 0xD8, .. Enumerable.Repeat((byte)0xFF, 100_000)],
        ["segment-of-zero.jpg"] = [0xFF, 0xD8, 0xFF, 0xE1, 0, 0, 0xFF, 0xE1, 0, 0],
        ["no-scan.jpg"] = [0xFF, 0xD8, .. Frame(0xC0, 64, 64), 0xFF, 0xD9],
        ["riff-past-end.webp"] = WebP("VP8L", [0x2F, 7, 0, 0, 0, 0, 0, 0, 0, 0], claimed: 0x7FFFFFFF),
        ["unknown-chunk.webp"] = WebP("ABCD", new byte[10]),
        ["hollow.webp"] = WebP("VP8L", [0x2F, 7, 0, 0, 0, 0, 0, 0, 0, 0]),
        ["canvas-only.webp"] = WebP("VP8X", [0x02, 0, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0]),
    };

    /// <summary>May be refused; if taken, only the few pixels of the header may come out, soon.</summary>
    public static IReadOnlyDictionary<string, byte[]> Inflating { get; } = new Dictionary<string, byte[]>
    {
        ["pixels-longer-than-header.png"] = Png(16, 16, pixels: new byte[128 << 20]),
        ["profile-bomb.png"] = Png(16, 16, extra: Chunk("iCCP", [.. "p\0\0"u8, .. Deflate(new byte[256 << 20])])),
        ["text-bomb.png"] = Png(16, 16, extra: Chunk("zTXt", [.. "Comment\0\0"u8, .. Deflate(new byte[256 << 20])])),
        ["100000-chunks.png"] = Png(16, 16, extra: [.. Enumerable.Repeat(Chunk("tEXt", "a\0b"u8), 100_000).SelectMany(c => c)]),
    };

    /// <summary>64 x 64, RGB.</summary>
    public static byte[] Good() => Png(64, 64, color: 2);

    public static byte[] Png(int width, int height, int depth = 8, int color = 0, byte[]? pixels = null, byte[]? extra = null)
    {
        var channels = color switch { 2 => 3, 6 => 4, _ => 1 };
        pixels ??= new byte[height * (1 + (((width * channels * depth) + 7) / 8))];
        return [.. Signature, .. Header(width, height, depth, color), .. extra ?? [], .. Chunk("IDAT", Deflate(pixels)), .. Chunk("IEND", [])];
    }

    public static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Crc(body));
        return chunk;
    }

    /// <summary>An EXIF segment with orientation 6, a maker, a serial number and a place on earth.</summary>
    public static byte[] ExifWithPlace()
    {
        byte[] Entry(ushort tag, ushort type, int count, byte[] value)
        {
            var entry = new byte[12];
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), type);
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), count);
            value.CopyTo(entry, 8);
            return entry;
        }

        byte[] Number(int value) => BitConverter.GetBytes(value);
        byte[] Rationals(params int[] values) => [.. values.SelectMany(v => new[] { v, 1 }).SelectMany(BitConverter.GetBytes)];

        // Offsets from the start of the TIFF: 8 + 2 + 4 entries + 4 = 62, then what the entries point to.
        const int maker = 62, place = 74, serial = place + 54 + 48;
        byte[] tiff =
        [
            .. "II*\0"u8, 8, 0, 0, 0,
            4, 0,
            .. Entry(0x010F, 2, 12, Number(maker)),
            .. Entry(0x0112, 3, 1, [6, 0]),
            .. Entry(0x8769, 4, 1, Number(serial)),
            .. Entry(0x8825, 4, 1, Number(place)),
            0, 0, 0, 0,
            .. "CanaryCam-7\0"u8,
            4, 0,
            .. Entry(1, 2, 2, [(byte)'N', 0]),
            .. Entry(2, 5, 3, Number(place + 54)),
            .. Entry(3, 2, 2, [(byte)'E', 0]),
            .. Entry(4, 5, 3, Number(place + 54 + 24)),
            0, 0, 0, 0,
            .. Rationals(52, 31, 12), .. Rationals(13, 24, 18),
            1, 0,
            .. Entry(0xA431, 2, 16, Number(serial + 18)),
            0, 0, 0, 0,
            .. "SERIAL-C4N4RY-1\0"u8,
        ];
        byte[] segment = [0xFF, 0xE1, 0, 0, .. "Exif\0\0"u8, .. tiff];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return segment;
    }

    private static byte[] Header(int width, int height, int depth = 8, int color = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        data[8] = (byte)depth;
        data[9] = (byte)color;
        return Chunk("IHDR", data);
    }

    private static byte[] BadChecksum()
    {
        var bytes = Good();
        bytes[29] ^= 0xFF;
        return bytes;
    }

    private static byte[] Frame(byte marker, ushort width, ushort height) =>
    [
        0xFF, marker, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
    ];

    private static IEnumerable<byte> Scans(int count) => Enumerable.Repeat<byte[]>(
        [0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0, 0], count).SelectMany(s => s);

    private static byte[] WebP(string chunk, byte[] body, uint? claimed = null)
    {
        byte[] file = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. Encoding.ASCII.GetBytes(chunk), (byte)body.Length, 0, 0, 0, .. body];
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), claimed ?? (uint)file.Length - 8);
        return file;
    }

    private static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(data);
        }

        return packed.ToArray();
    }

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
