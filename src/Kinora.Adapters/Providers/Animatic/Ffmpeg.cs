using System.Text;
using Kinora.Adapters.Media;
using Kinora.Errors;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>ffmpeg and ffprobe as this provider runs them: limited children, every fault one <see cref="KinoraException"/>.</summary>
internal sealed class Ffmpeg(string ffmpeg = "ffmpeg", string ffprobe = "ffprobe")
{
    /// <summary>Null when ffmpeg is there; else what to tell people.</summary>
    internal string? Missing() => ProgramPath.Find(ffmpeg) is not null && ProgramPath.Find(ffprobe) is not null
        ? null
        : "The built-in renderer needs ffmpeg, which was not found on this server. Install it (Debian: apt install ffmpeg); images work without.";

    /// <summary>Runs ffmpeg to its end. <paramref name="write"/> feeds its standard input, <paramref name="read"/> drains its output.</summary>
    internal async Task RunAsync(IReadOnlyList<string> arguments, string folder, long frameBytes, Func<Stream, CancellationToken, Task>? write,
        Func<Stream, CancellationToken, Task>? read, CancellationToken cancel)
    {
        var result = await MediaChild.RunAsync(Spec(ffmpeg, arguments, folder, frameBytes) with { WriteInput = write, ReadOutput = read }, cancel);
        if (!result.Succeeded)
        {
            throw new KinoraException(ErrorCodes.RenderFailed, "ffmpeg ended with an error while the film was made.", result.Summary);
        }
    }

    internal async Task<string> ProbeAsync(IReadOnlyList<string> arguments, string folder, CancellationToken cancel)
    {
        var result = await MediaChild.RunAsync(Spec(ffprobe, arguments, folder, 0), cancel);
        return result.Succeeded
            ? Encoding.UTF8.GetString(result.Output)
            : throw new KinoraException(ErrorCodes.RenderFailed, "The source video could not be read.", result.Summary);
    }

    private MediaChildSpec Spec(string program, IReadOnlyList<string> arguments, string folder, long frameBytes) => new()
    {
        Program = ProgramPath.Find(program) ?? throw new KinoraException(ErrorCodes.MediaToolMissing, Missing() ?? "ffmpeg is missing.", program),
        Arguments = arguments,
        WorkFolder = folder,
        Limits = new MediaChildLimits
        {
            // A minute of the largest frame is hours of work on a slow machine; the job's lease and its owner end it, not the clock.
            Wall = TimeSpan.FromHours(6),
            CpuSeconds = 12 * 3600,
            DataBytes = (512L << 20) + 60 * frameBytes,
            FileBytes = 8L << 30,
        },
    };
}
