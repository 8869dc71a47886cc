using Kinora.Assets;
using Kinora.Errors;

namespace Kinora.Adapters.Storage;

/// <summary>The refusals of a user folder: what happened and what mends it. No path and no name is in them.</summary>
/// <param name="Title">As in "the video folder".</param>
/// <param name="Setting">The setting that names the folder.</param>
internal sealed record FolderFaults(string Title, string Setting)
{
    public KinoraException NoSandbox(Exception? fault) => Unusable(
        $"The {Title} needs Linux 5.6 or later: this system cannot promise that a file stays inside it (openat2). Nothing was read or written.", fault);

    public KinoraException Replaced() => Unusable(
        $"The {Title} is another folder than before: it was replaced, mounted or unmounted while Kinora ran. Put it back, or restart Kinora if that was meant.");

    /// <param name="there">What is under the root's path.</param>
    public KinoraException OfRoot(IOException fault, FileStatus? there) => fault.HResult switch
    {
        Errno.NotImplemented or Errno.NotPermitted => NoSandbox(fault),
        Errno.AccessDenied => Unusable($"The {Title} may not be opened by Kinora. Give its user rights to it, or set {Setting} to another folder.", fault),
        Errno.NotFound => Unusable($"The {Title} is not there. Make it, or set {Setting} to a folder that is.", fault),
        _ when there is { IsFolder: false } => Unusable($"The {Title} is a link or a file. Set {Setting} to the folder itself.", fault),
        _ => Unusable($"The {Title} cannot be used. Look at its disk and rights, or set {Setting} to another folder.", fault),
    };

    /// <summary>A file that is not there, is no regular file, or lies behind a link: told alike, so that nothing is learned about what is outside.</summary>
    public KinoraException NotFound(Exception? fault = null) => new(
        ErrorCodes.FileNotFound, $"There is no such file in the {Title}. Links are not followed.", fault?.Message, fault);

    public KinoraException HardLinked() => new(
        ErrorCodes.FileNotFound, $"The file has further names (hard links), perhaps outside the {Title}, and is not read. Put a copy of it there.");

    public KinoraException OfRead(IOException fault) => fault.HResult switch
    {
        Errno.AccessDenied or Errno.NotPermitted => new(
            ErrorCodes.FileNotFound, "The file may not be read by Kinora. Give its user the right to.", fault.Message, fault),
        Errno.NotFound or Errno.NotAFolder or Errno.TooManyLinks or Errno.OtherVolume or Errno.NoSuchDevice or Errno.NameTooLong or Errno.Invalid => NotFound(fault),
        _ => Unusable($"The {Title} cannot be read at present. Look at its disk.", fault),
    };

    public KinoraException Exists() => new(ErrorCodes.FileExists, $"There is a file of that name in the {Title}. Choose another name.");

    public KinoraException NoPlainFile() => new(
        ErrorCodes.FileExists, $"In the {Title} that name is taken by something that is no plain file, and is left alone. Choose another name.");

    public KinoraException OfWrite(IOException fault) => fault.HResult switch
    {
        _ when DiskFull.Is(fault) => new(
            ErrorCodes.StorageFull, $"The disk of the {Title} is full. Free some room, or set {Setting} to a folder on a larger disk.", fault.Message, fault),
        Errno.Exists => Exists(),
        Errno.IsAFolder => NoPlainFile(),
        Errno.NotAFolder or Errno.TooManyLinks or Errno.OtherVolume => new(
            ErrorCodes.OutputNotWritable, $"A folder in that name is a link or no folder; in the {Title} links are not followed. Choose another name.", fault.Message, fault),
        Errno.AccessDenied or Errno.NotPermitted or Errno.ReadOnlyVolume => new(
            ErrorCodes.OutputNotWritable, $"Kinora may not write there. Give its user the right to, or set {Setting} to another folder.", fault.Message, fault),
        _ => new(ErrorCodes.OutputNotWritable, $"The file could not be written to the {Title}. Look at its disk.", fault.Message, fault),
    };

    private static KinoraException Unusable(string text, Exception? fault = null) => new(ErrorCodes.FolderUnusable, text, fault?.Message, fault);
}
