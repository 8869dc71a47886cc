using System.Runtime.InteropServices;

namespace Kinora.Adapters.Storage;

/// <summary><c>struct statx</c>: the same on every processor, unlike <c>struct stat</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    private const int KindMask = 0xF000;

    [FieldOffset(16)]
    public uint Links;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public long Bytes;

    [FieldOffset(112)]
    public long ModifiedSeconds;

    [FieldOffset(120)]
    public uint ModifiedNanoseconds;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;

    public readonly bool IsFile => (Mode & KindMask) == 0x8000;

    public readonly bool IsFolder => (Mode & KindMask) == 0x4000;

    /// <summary>Which folder or file this is, whatever its name.</summary>
    public readonly (uint Major, uint Minor, ulong Inode) Identity => (DeviceMajor, DeviceMinor, Inode);

    public readonly DateTimeOffset ModifiedAt => DateTimeOffset.FromUnixTimeSeconds(ModifiedSeconds).AddTicks(ModifiedNanoseconds / 100);
}
