using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Sessions;

namespace Kinora.Images;

/// <summary>The names of pictures in the workspace folder. Parts of prompts in them are reduced to letters and digits.</summary>
public static class WorkspaceNames
{
    public const string Root = "generated_images";
    private const string Users = "users";
    private const int WordsLength = 40;

    /// <summary>The name as the folder knows it: everybody but the local user has a part of it alone.</summary>
    /// <exception cref="KinoraException"><c>file_not_found</c>: the local user names a file of another.</exception>
    public static string Of(string owner, string name) =>
        owner != Caller.Local.UserId ? $"{Users}/{Folder(owner)}/{name}"
        : name.Split('/')[0].Equals(Users, StringComparison.OrdinalIgnoreCase) ? throw new KinoraException(ErrorCodes.FileNotFound, "There is no such file of yours in the workspace folder.")
        : name;

    public static string SessionFolder(SessionId session) => $"{Root}/sessions/{session}";

    public static string Log(SessionId session) => SessionFolder(session) + "/conversation_log.json";

    /// <param name="number">1 for the session's first.</param>
    public static string InSession(SessionId session, int number, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"{SessionFolder(session)}/images/image_{number:000}.{extension}");

    /// <summary>A picture of no session: by what it is for, when it was asked, its first words and its id.</summary>
    public static string Single(Job job, int index, string extension)
    {
        var folder = ImageWords.UseCases.GetValueOrDefault(job.Request.UseCase ?? ImageWords.General, ImageWords.UseCases[ImageWords.General]);
        var number = index == 0 ? "" : FormattableString.Invariant($"_{index + 1}");
        return string.Create(CultureInfo.InvariantCulture, $"{Root}/{folder}/{job.CreatedAt.UtcDateTime:yyyyMMdd_HHmmss}_{Words(job.Request.Prompt)}_{job.Id.Hex[..8]}{number}.{extension}");
    }

    /// <summary>The notes beside a picture.</summary>
    public static string Metadata(string picture) =>
        (picture.LastIndexOf('.') is var dot && dot > picture.LastIndexOf('/') ? picture[..dot] : picture) + "_metadata.json";

    /// <summary>A user's id as one part of a name: as it is where that can be, else a hash of it.</summary>
    private static string Folder(string owner) =>
        UserFileName.IsAllowed(owner) && !owner.Contains('/', StringComparison.Ordinal) && owner[0] != '_'
            ? owner
            : "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)))[..32];

    private static string Words(string prompt)
    {
        var words = new StringBuilder(WordsLength);
        foreach (var letter in prompt)
        {
            if (words.Length >= WordsLength)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(letter))
            {
                words.Append(char.ToLowerInvariant(letter));
            }
            else if (words.Length > 0 && words[^1] != '-')
            {
                words.Append('-');
            }
        }

        return words.ToString().Trim('-') is { Length: > 0 } text ? text : "image";
    }
}
