using System.Buffers.Binary;
using Kinora.Media;

namespace Kinora.Adapters.Media.Images;

/// <summary>JPEG: segments up to the frame header (SOF), which holds the size. ITU T.81, annex B.</summary>
internal static class JpegHeader
{
    private const int MaxSegments = 2000;

    public static ImageHeader Read(FileBytes bytes)
    {
        long at = 2;
        for (var count = 0; count < MaxSegments; count++)
        {
            var head = bytes.ReadAll(at, 4) ?? throw ImageFault.Damaged("ends inside its header");
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
                var frame = bytes.ReadAll(at + 4, 5) ?? throw ImageFault.Damaged("ends inside its header");
                return new ImageHeader(
                    PictureType.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(3)), BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(1)));
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
