using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kinora.Jobs;

/// <summary>One picture of a job: the job's id, with <c>_2</c>, <c>_3</c> … for those after the first. Any form of a job's id is read.</summary>
/// <param name="Index">0 for the first.</param>
public readonly record struct ImageId(JobId Job, int Index)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out ImageId id)
    {
        id = default;
        var parts = (text ?? "").Split('_');
        var number = 1;
        var numbered = parts.Length == (parts[0] is "image" or "video" ? 3 : 2) && parts[^1].Length <= 3
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
        if (!JobId.TryParse(numbered ? text![..^(parts[^1].Length + 1)] : text, out var job))
        {
            return false;
        }

        id = new ImageId(job, number - 1);
        return true;
    }

    public override string ToString() => "image_" + Job.Hex + (Index == 0 ? "" : FormattableString.Invariant($"_{Index + 1}"));
}
