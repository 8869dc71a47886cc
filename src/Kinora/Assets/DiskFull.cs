namespace Kinora.Assets;

/// <summary>Tells a full disk from other I/O faults.</summary>
public static class DiskFull
{
    // errno values (Linux asm-generic/errno-base.h): no space, quota exceeded, file too large.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    public static bool Is(IOException fault) => (fault.HResult & 0xFFFF) is NoSpace or QuotaExceeded or 0x70 or 0x27;
}
