using System.Buffers.Binary;
using Kinora.Media;

namespace Kinora.Adapters.Media.Images;

/// <summary>WebP: RIFF whose first chunk is VP8, VP8L or VP8X. RFC 9649, section 2.</summary>
internal static class WebPHeader
{
    public static ImageHeader Read(FileBytes bytes)
    {
        var head = bytes.ReadAll(0, 30) ?? throw ImageFault.Damaged("ends inside its header");
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
        // VP8X: flag L; VP8L: alpha_is_used, the 29th bit after the signature byte.
        var alpha = type.SequenceEqual("VP8X"u8) ? (body[0] & 0x10) != 0 : type.SequenceEqual("VP8L"u8) && (body[4] & 0x10) != 0;
        return new ImageHeader(PictureType.WebP, width, height, alpha);
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static (int Width, int Height) Lossless(uint bits) => ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
}
