namespace Kinora.Folders;

/// <summary>
/// A folder of the operator in which callers name files. The only way to a file that someone outside named: every open happens beneath a handle of
/// the folder, follows no link and leaves the folder never, also when somebody swaps folders and links meanwhile. A name is relative; its segments are
/// parted by <c>/</c>. Safe for many threads and processes.
/// </summary>
public interface IUserFolder
{
    /// <summary>Absolute; told only to callers on this machine.</summary>
    string Path { get; }

    /// <summary>Opens a regular file for reading, seekable; never waits for a pipe or device.</summary>
    /// <exception cref="Errors.KinoraException"><c>invalid_file_name</c>: the name is refused. <c>file_not_found</c>: there is no such regular file.</exception>
    Task<UserFile> OpenAsync(string name, CancellationToken cancel);

    /// <summary>
    /// Writes a new file: the name appears only when <paramref name="write"/> has ended and its bytes are on the disk. Folders in the name are made.
    /// </summary>
    /// <param name="overwrite">False: an existing file is kept and the call refused.</param>
    /// <exception cref="Errors.KinoraException">
    /// <c>invalid_file_name</c>, <c>file_exists</c>, <c>storage_full</c>, <c>output_not_writable</c>: nothing is left behind.
    /// </exception>
    Task<UserFileInfo> SaveAsync(string name, Func<Stream, CancellationToken, Task> write, bool overwrite, CancellationToken cancel);

    /// <summary>Saves a copy of a local file of ours; the kernel copies, so that its size costs no memory. Otherwise as <see cref="SaveAsync"/>.</summary>
    Task<UserFileInfo> CopyInAsync(string name, string localFile, bool overwrite, CancellationToken cancel);

    /// <summary>The regular files there are, in sub-folders too, in no order; what is a link or has a name that could not be asked for is left out.</summary>
    /// <exception cref="Errors.KinoraException"><c>folder_unusable</c>: it is gone, a link or may not be read.</exception>
    IReadOnlyList<UserFileInfo> List(CancellationToken cancel);
}

/// <param name="Name">As it is asked for: relative, with <c>/</c>.</param>
public sealed record UserFileInfo(string Name, long Bytes, DateTimeOffset ModifiedAt);

/// <summary>An opened file; the stream is to be disposed.</summary>
public sealed record UserFile(UserFileInfo Info, Stream Content);

/// <summary>The folders in which callers name files.</summary>
/// <param name="Videos">Where downloads are written.</param>
/// <param name="References">Pictures to make videos from.</param>
public sealed record UserFolders(IUserFolder Videos, IUserFolder References);
