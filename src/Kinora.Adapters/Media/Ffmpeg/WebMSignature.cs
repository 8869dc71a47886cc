namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>Reads the EBML header of a WebM file and the length of its body. RFC 8794; Matroska is the same container without WebM's limits.</summary>
internal static class WebMSignature
{
    /// <param name="head">The first bytes; they begin with the EBML magic.</param>
    /// <exception cref="Errors.KinoraException"><c>asset_invalid</c>.</exception>
    public static VideoContainer Read(FileBytes source, byte[] head)
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
}
