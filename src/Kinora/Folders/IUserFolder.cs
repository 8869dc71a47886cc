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

    /// <summary>Looks whether files can be read and written now, without making one.</summary>
    /// <exception cref="Errors.KinoraException"><c>folder_unusable</c>, <c>output_not_writable</c>.</exception>
    void Check();

    /// <summary>Opens a regular file for reading, seekable; never waits for a pipe or device.</summary>
    /// <exception cref="Errors.KinoraException">
    /// <c>invalid_file_name</c>: see <see cref="UserFileName"/>. <c>file_not_found</c>: there is no such regular file, it has further names (hard links) or may
    /// not be read. <c>folder_unusable</c>: of every method here; the folder is gone, a link, replaced since the first use, or the system cannot hold files in it.
    /// </exception>
    Task<UserFile> OpenAsync(string name, CancellationToken cancel);

    /// <summary>
    /// Writes a new file: the name appears only when <paramref name="write"/> has ended and its bytes are on the disk. Folders in the name are made.
    /// A name that is taken is refused before <paramref name="write"/> is called, where it can be.
    /// </summary>
    /// <param name="write">Gets an unbuffered stream, which stays ours to close.</param>
    /// <param name="overwrite">False: an existing file is kept and the call refused. True: a plain file is replaced; a link, folder or device never is.</param>
    /// <exception cref="Errors.KinoraException">
    /// <c>invalid_file_name</c>, <c>file_exists</c>, <c>storage_full</c>, <c>output_not_writable</c>, <c>folder_unusable</c>: nothing but empty folders is left behind.
    /// </exception>
    Task<UserFileInfo> SaveAsync(string name, Func<Stream, CancellationToken, Task> write, bool overwrite, CancellationToken cancel);

    /// <summary>Saves a copy of a local file of ours; the kernel copies, so that its size costs no memory. Otherwise as <see cref="SaveAsync"/>.</summary>
    Task<UserFileInfo> CopyInAsync(string name, string localFile, bool overwrite, CancellationToken cancel);

    /// <summary>The regular files there are, in sub-folders too, in no order; what <see cref="OpenAsync"/> would refuse by name or kind is left out.</summary>
    /// <exception cref="Errors.KinoraException"><c>folder_unusable</c>.</exception>
    IReadOnlyList<UserFileInfo> List(CancellationToken cancel);
}

/// <param name="Name">As it is asked for: relative, with <c>/</c>.</param>
public sealed record UserFileInfo(string Name, long Bytes, DateTimeOffset ModifiedAt);

/// <summary>An opened file; the stream is to be disposed.</summary>
public sealed record UserFile(UserFileInfo Info, Stream Content);

/// <summary>The folders in which callers name files.</summary>
/// <param name="Videos">Where downloads are written.</param>
/// <param name="References">Pictures to make videos from.</param>
/// <param name="Workspace">Where copies of finished pictures are laid out, with their metadata.</param>
public sealed record UserFolders(IUserFolder Videos, IUserFolder References, IUserFolder Workspace);
