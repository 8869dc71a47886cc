using System.Buffers.Binary;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>
/// Tells a container by its first bytes and walks its outermost boxes, before any tool sees the file. A playlist or script never gets further, and
/// a file that was cut short is seen by sizes that reach past its end.
/// </summary>
internal static class VideoSignature
{
    private const int MaxBoxes = 100_000;
    private const uint EbmlMagic = 0x1A45DFA3;

    /// <exception cref="Errors.KinoraException"><c>asset_invalid</c>.</exception>
    public static VideoContainer Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
            return Read(FileBytes.Of(file));
        }
        catch (IOException fault)
        {
            throw VideoFault.Damaged("The video file could not be opened.", fault.Message, fault);
        }
    }

    private static VideoContainer Read(FileBytes source)
    {
        var head = source.Read(0, 256);
        if (head.Length >= 12 && head.AsSpan(4, 4).SequenceEqual("ftyp"u8))
        {
            WalkBoxes(source);
            return head.AsSpan(8, 4).SequenceEqual("qt  "u8) ? VideoContainer.Mov : VideoContainer.Mp4;
        }

        if (head.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(head) == EbmlMagic)
        {
            return WebMSignature.Read(source, head);
        }

        throw VideoFault.NotAllowed(head.Length == 0 ? "The file is empty." : "The file is not a video of a known kind.");
    }

    /// <summary>Every box that carries the film must end within the file, and there must be an index. What follows them is ignored.</summary>
    private static void WalkBoxes(FileBytes source)
    {
        var hasIndex = false;
        long at = 0;
        for (var count = 0; at + 8 <= source.Length; count++)
        {
            var head = source.Read(at, 16);
            var type = head.AsSpan(4, 4);
            var size = BinaryPrimitives.ReadUInt32BigEndian(head) switch
            {
                0 => (ulong)(source.Length - at),
                1 when head.Length == 16 => BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(8)),
                var small => small,
            };
            var carriesFilm = type.SequenceEqual("ftyp"u8) || type.SequenceEqual("moov"u8) || type.SequenceEqual("mdat"u8) || type.SequenceEqual("moof"u8);
            hasIndex |= type.SequenceEqual("moov"u8);
            if (size < 8 || size > (ulong)(source.Length - at) || count > MaxBoxes)
            {
                if (carriesFilm)
                {
                    throw VideoFault.Damaged("The video file is cut short or damaged: a part of it reaches past its end.");
                }

                break;
            }

            at += (long)size;
        }

        if (!hasIndex)
        {
            throw VideoFault.Damaged("The video file is cut short or damaged: it has no index (moov).");
        }
    }
}
