using System.Globalization;
using System.Text;
using Kinora.Catalog;
using Kinora.Jobs;
using Kinora.Sessions;

namespace Kinora.Images;

/// <summary>The names of pictures in the workspace folder. Parts of prompts in them are reduced to letters and digits.</summary>
public static class WorkspaceNames
{
    public const string Root = "generated_images";
    private const int WordsLength = 40;

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
