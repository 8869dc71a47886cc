using System.Buffers.Binary;

namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>The containers Kinora takes, each with the one ffmpeg demuxer that may open it.</summary>
internal sealed record VideoContainer(string Name, string Demuxer)
{
    public static readonly VideoContainer Mp4 = new("mp4", "mov");
    public static readonly VideoContainer Mov = new("mov", "mov");
    public static readonly VideoContainer WebM = new("webm", "matroska");
}

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
            return Read(new Source(file, RandomAccess.GetLength(file)));
        }
        catch (IOException fault)
        {
            throw VideoFault.Damaged("The video file could not be opened.", fault.Message, fault);
        }
    }

    private static VideoContainer Read(Source source)
    {
        var head = source.Read(0, 64);
        if (head.Length >= 12 && head.AsSpan(4, 4).SequenceEqual("ftyp"u8))
        {
            WalkBoxes(source);
            return head.AsSpan(8, 4).SequenceEqual("qt  "u8) ? VideoContainer.Mov : VideoContainer.Mp4;
        }

        if (head.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(head) == EbmlMagic)
        {
            return ReadEbml(source, head);
        }

        throw VideoFault.NotAllowed(head.Length == 0 ? "The file is empty." : "The file is not a video of a known kind.");
    }

    /// <summary>Every box that carries the film must end within the file, and there must be an index. What follows them is ignored.</summary>
    private static void WalkBoxes(Source source)
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

    private static VideoContainer ReadEbml(Source source, byte[] head)
    {
        long at = 4;
        var headerLength = Number(head, ref at) ?? throw Broken();
        var end = at + headerLength;
        var isWebM = false;
        while (at < Math.Min(end, head.Length) && Identifier(head, ref at) is { } id && Number(head, ref at) is { } length)
        {
            isWebM |= id == 0x4282 && at + length <= head.Length && head.AsSpan((int)at, (int)length).SequenceEqual("webm"u8);
            at += length;
        }

        if (!isWebM)
        {
            throw VideoFault.NotAllowed("The file is Matroska, not WebM.");
        }

        var segment = source.Read(end, 12);
        long inner = 0;
        if (Identifier(segment, ref inner) != 0x18538067)
        {
            throw Broken();
        }

        // Null: of unknown length, as live recordings are.
        if (Number(segment, ref inner) is { } body && body > source.Length - end - inner)
        {
            throw VideoFault.Damaged("The video file is cut short: it promises more than it holds.");
        }

        return VideoContainer.WebM;
    }

    private static Errors.KinoraException Broken() => VideoFault.Damaged("The video file is damaged: its header cannot be read.");

    /// <summary>An EBML id: its length is in the leading zero bits, which stay part of it.</summary>
    private static uint? Identifier(byte[] bytes, ref long at)
    {
        if (at >= bytes.Length)
        {
            return null;
        }

        var length = System.Numerics.BitOperations.LeadingZeroCount((uint)bytes[at]) - 23;
        if (length > 4 || at + length > bytes.Length)
        {
            return null;
        }

        uint id = 0;
        for (var i = 0; i < length; i++)
        {
            id = (id << 8) | bytes[at++];
        }

        return id;
    }

    /// <summary>An EBML length of 1 to 8 bytes; null when it is cut off, or all ones ("unknown").</summary>
    private static long? Number(byte[] bytes, ref long at)
    {
        if (at >= bytes.Length)
        {
            return null;
        }

        var length = System.Numerics.BitOperations.LeadingZeroCount((uint)bytes[at]) - 23;
        if (length > 8 || at + length > bytes.Length)
        {
            return null;
        }

        long value = bytes[at++] & ((1 << (8 - length)) - 1);
        for (var i = 1; i < length; i++)
        {
            value = (value << 8) | bytes[at++];
        }

        return value == (1L << (7 * length)) - 1 ? null : value;
    }

    private readonly record struct Source(Microsoft.Win32.SafeHandles.SafeFileHandle File, long Length)
    {
        /// <summary>Up to <paramref name="count"/> bytes; fewer at the end of the file.</summary>
        public byte[] Read(long at, int count)
        {
            var bytes = new byte[(int)Math.Clamp(Length - at, 0, count)];
            var got = bytes.Length == 0 ? 0 : RandomAccess.Read(File, bytes, at);
            return got == bytes.Length ? bytes : bytes[..got];
        }
    }
}
