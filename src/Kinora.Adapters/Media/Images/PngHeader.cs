using System.Buffers.Binary;
using Kinora.Media;

namespace Kinora.Adapters.Media.Images;

/// <summary>PNG: the first chunk is IHDR, 13 bytes, with its checksum. RFC 2083, section 4.1.1.</summary>
internal static class PngHeader
{
    /// <summary>Of the colour type: an alpha channel follows the colours.</summary>
    private const int AlphaBit = 4;

    public static ImageHeader Read(FileBytes bytes)
    {
        var chunk = bytes.ReadAll(8, 25) ?? throw ImageFault.Damaged("ends inside its header");
        if (BinaryPrimitives.ReadUInt32BigEndian(chunk) != 13 || !chunk.AsSpan(4, 4).SequenceEqual("IHDR"u8))
        {
            throw ImageFault.Damaged("no IHDR");
        }

        if (Checksum(chunk.AsSpan(4, 17)) != BinaryPrimitives.ReadUInt32BigEndian(chunk.AsSpan(21)))
        {
            throw ImageFault.Damaged("IHDR checksum");
        }

        return new ImageHeader(
            PictureType.Png,
            BinaryPrimitives.ReadInt32BigEndian(chunk.AsSpan(8)), BinaryPrimitives.ReadInt32BigEndian(chunk.AsSpan(12)), Alpha: (chunk[17] & AlphaBit) != 0);
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
