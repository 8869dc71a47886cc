using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Commands;

/// <summary>A picture as it is named at the shell: a file, or the id of one made here. A file of that name wins.</summary>
internal static class PictureArgument
{
    public const string HelpName = "FILE|ID";

    /// <param name="option">By which messages name it: <c>--input</c> …</param>
    public static ImageSource? Read(string option, string? text) => text switch
    {
        null => null,
        _ when !File.Exists(text) && (text.StartsWith("image_", StringComparison.Ordinal) || ImageId.TryParse(text, out _)) => new ImageSource.Made(option, text),
        _ => new ImageSource.LocalFile(option, text),
    };
}
