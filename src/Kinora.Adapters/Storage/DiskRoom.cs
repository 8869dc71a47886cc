namespace Kinora.Adapters.Storage;

/// <summary>How much room a disk has.</summary>
internal static class DiskRoom
{
    /// <summary>Bytes free on the volume that the folder is, or will be, on. Network folders may not tell: then there is room until a write fails.</summary>
    public static long FreeAt(string folder)
    {
        try
        {
            while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
            {
                folder = above;
            }

            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
