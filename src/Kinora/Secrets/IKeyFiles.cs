namespace Kinora.Secrets;

/// <summary>Keys in files of the data folder that only our user may read, each made when it is first needed.</summary>
public interface IKeyFiles
{
    /// <summary>What the file holds; where there is none it is made now, whole, on disk and for good. Of several that make it at once, in other processes too, all get the same.</summary>
    /// <param name="path">Absolute; its folder exists.</param>
    /// <param name="make">What a new file shall hold.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    byte[] ReadOrMake(string path, Func<byte[]> make);
}
