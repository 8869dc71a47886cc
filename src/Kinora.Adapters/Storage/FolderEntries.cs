using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Kinora.Adapters.Storage;

/// <summary>Reads the names in an open folder, through its handle: a path could have come to mean another folder.</summary>
internal static class FolderEntries
{
    // struct linux_dirent64: inode, offset (8 bytes each), length of the record (2), kind (1), name ended by NUL.
    private const int LengthAt = 16;
    private const int NameAt = 19;

    /// <summary>Without <c>.</c> and <c>..</c>. Bytes that are no UTF-8 show as U+FFFD.</summary>
    public static List<string> Read(FolderHandle folder, CancellationToken cancel)
    {
        var names = new List<string>();
        var buffer = new byte[32 * 1024];
        int count;
        while ((count = (int)LinuxCalls.GetEntries(folder.Handle, buffer)) != 0)
        {
            cancel.ThrowIfCancellationRequested();
            if (count < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                throw new IOException($"read folder: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
            }

            Add(buffer.AsSpan(0, count), names);
        }

        return names;
    }

    private static void Add(ReadOnlySpan<byte> records, List<string> names)
    {
        while (records.Length > NameAt)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(records[LengthAt..]);
            var name = records[NameAt..length];
            if (Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]) is not ("." or "..") and var text)
            {
                names.Add(text);
            }

            records = records[length..];
        }
    }
}
