using System.Runtime.InteropServices;
using System.Text;

namespace Kinora.Adapters.Storage;

/// <summary>Where a path leads when every link on the way is followed.</summary>
internal static unsafe partial class RealPath
{
    private const int MaxBytes = 4096; // PATH_MAX, which realpath relies on.

    /// <param name="path">Absolute. What of it does not exist, or may not be looked at, is kept as it is written.</param>
    public static string Of(string path)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        var rest = "";
        for (var there = path; ; there = Path.GetDirectoryName(there)!)
        {
            fixed (byte* found = buffer)
            {
                if (Resolve(there, found) != 0)
                {
                    return Path.Combine(Encoding.UTF8.GetString(buffer[..buffer.IndexOf((byte)0)]), rest);
                }
            }

            if (Path.GetDirectoryName(there) is null)
            {
                return path;
            }

            rest = Path.Combine(Path.GetFileName(there), rest);
        }
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Resolve(string path, byte* found);
}
