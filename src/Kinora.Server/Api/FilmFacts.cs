using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Api;

/// <summary>How long and how large a video is, or will be: of an extension the whole, of an edit as its source is.</summary>
internal static class FilmFacts
{
    /// <summary>Null where it was left to a model of which that is not known, and the video is not there yet.</summary>
    public static double? Seconds(Job job)
    {
        var request = job.Request;
        return Extends(request)
            ? Rounded(Video(job)?.Seconds ?? (request.SourceVideo?.Seconds + request.Seconds) ?? request.Seconds)
            : request.Seconds ?? Rounded(Video(job)?.Seconds ?? request.SourceVideo?.Seconds);
    }

    /// <summary>As for <see cref="Seconds"/>.</summary>
    public static FrameSize? Size(Job job)
    {
        var request = job.Request;
        var made = Video(job) is { Width: { } width, Height: { } height } ? new FrameSize(width, height) : (FrameSize?)null;
        var source = request.SourceVideo is { Width: > 0, Height: > 0 } video ? new FrameSize(video.Width, video.Height) : (FrameSize?)null;
        return Extends(request) ? made ?? source ?? request.Size : request.Size ?? made ?? source;
    }

    private static bool Extends(GenerationRequest request) => request.Operation is Operation.Extend or Operation.Append;

    private static Asset? Video(Job job) => job.Assets.FirstOrDefault(a => a.Role == AssetRole.Video);

    /// <summary>Files end with their last frame, a little beside the length that was asked for.</summary>
    private static double? Rounded(double? seconds) =>
        seconds is { } length && Math.Abs(length - Math.Round(length)) < 0.2 ? Math.Round(length) : seconds;
}
