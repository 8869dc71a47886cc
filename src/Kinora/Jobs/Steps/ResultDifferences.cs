using Kinora.Generation;

namespace Kinora.Jobs.Steps;

/// <summary>What came otherwise than it was asked for, told to the owner. The files are looked at; providers are not believed.</summary>
internal static class ResultDifferences
{
    public static IReadOnlyList<string> Of(GenerationRequest request, IReadOnlyList<CollectedFile> files)
    {
        var warnings = new List<string>();
        var file = files[0];
        // Of what is joined afterwards the part that was made is meant.
        var what = request.Operation == Operation.Append ? "new clip" : "result";
        if ((request.ScaleTo ?? request.Size) is { } size && (file.Width != size.Width || file.Height != size.Height))
        {
            warnings.Add(FormattableString.Invariant($"The {what} is {file.Width}x{file.Height}; {size} was asked."));
        }

        var asked = request.Operation == Operation.Extend ? null : request.Seconds;
        if (asked is { } seconds && file.Video is { } video && Math.Abs(video.Seconds - seconds) > 0.5)
        {
            warnings.Add(FormattableString.Invariant($"The {what} is {video.Seconds:0.##} s long; {seconds:0.##} s were asked."));
        }

        if (request.Kind == MediaKind.Image)
        {
            Picture(request, files, warnings);
        }

        return warnings;
    }

    private static void Picture(GenerationRequest request, IReadOnlyList<CollectedFile> files, List<string> warnings)
    {
        var (file, came) = (files[0], files.Count(f => f.Kind == MediaKind.Image));
        if (came != request.Count)
        {
            warnings.Add($"{came} of {request.Count} pictures came.");
        }

        if (request.Format is { } format && file.Extension != format)
        {
            warnings.Add($"The result is {file.Extension}; {format} was asked.");
        }

        if (request.Background == "transparent" && !file.Alpha)
        {
            warnings.Add("The result has no transparent background, though one was asked.");
        }
    }
}
