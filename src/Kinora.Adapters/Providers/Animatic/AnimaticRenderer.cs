using Kinora.Adapters.Providers.Animatic.Frames;
using Kinora.Adapters.Providers.Animatic.Scenes;
using Kinora.Adapters.Providers.Animatic.Sound;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>
/// Renders a film into an MP4. Frames are drawn ahead by a few and piped; nothing is held whole. The output appears under its name
/// only when it is complete; cancelling or a fault kills ffmpeg and leaves nothing behind.
/// </summary>
internal sealed class AnimaticRenderer(Ffmpeg ffmpeg)
{
    /// <summary>Renders the film to a new file (an old one is replaced).</summary>
    /// <param name="film">The film.</param>
    /// <param name="output">Where the MP4 goes; parts lie beside it while it is made.</param>
    /// <param name="progress">Frames done / frames wanted, 0 to 1, in order.</param>
    /// <param name="cancel">Ends the render promptly.</param>
    /// <exception cref="Errors.KinoraException">ffmpeg is missing or failed.</exception>
    internal async Task RenderAsync(AnimaticFilm film, string output, IProgress<double>? progress, CancellationToken cancel)
    {
        using var parts = new PartFiles(output);
        var part = parts.New("mp4");
        await RenderAsync(film, seam: null, parts, part, progress, cancel);
        File.Move(part, output, overwrite: true);
    }

    /// <summary>Renders to a part of someone else's output. The film goes on from <paramref name="seam"/>, when there is one.</summary>
    internal async Task RenderAsync(AnimaticFilm film, IScene? seam, PartFiles parts, string output, IProgress<double>? progress, CancellationToken cancel)
    {
        using var timeline = Open(film, seam);
        var sound = film.Audio ? parts.New("pcm") : null;
        // The first scenes are drawn while the sound is written and the encoder starts; the first frame waits for the first of them.
        var prepared = timeline.PrepareAsync();
        using var pump = new FramePump(timeline, film.Width, film.Height, film.Frames);
        var feeding = Task.CompletedTask;
        try
        {
            if (sound is not null)
            {
                await Task.Run(() => WriteSoundAsync(film, sound, cancel), cancel);
            }

            await ffmpeg.RunAsync(Arguments(film, sound, output), Folder(output), FrameCanvas.FrameBytes(film.Width, film.Height),
                (stream, gone) => feeding = pump.RunAsync(new StreamFrameSink(stream), progress, gone), null, cancel);
        }
        finally
        {
            // The child's runner does not wait long for its feeder; the layers must, or a worker would read freed memory.
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await prepared.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Draws all frames into a sink and encodes nothing: what drawing alone costs.</summary>
    internal static async Task DrawAsync(AnimaticFilm film, IFrameSink sink, CancellationToken cancel)
    {
        using var timeline = Open(film, null);
        await timeline.PrepareAsync();
        using var pump = new FramePump(timeline, film.Width, film.Height, film.Frames);
        await pump.RunAsync(sink, null, cancel);
    }

    /// <summary>The whole command line for a film, also for measuring the encoder alone with the same settings.</summary>
    internal static IReadOnlyList<string> Arguments(AnimaticFilm film, string? sound, string output) =>
    [
        .. FilmEncoding.Quiet,
        .. FilmEncoding.RawVideoInput(film.Width, film.Height),
        .. sound is null ? [] : FilmEncoding.RawAudioInput(sound),
        "-map", "0:v", .. sound is null ? Array.Empty<string>() : ["-map", "1:a"],
        .. FilmEncoding.Video,
        .. sound is null ? [] : FilmEncoding.Audio,
        .. FilmEncoding.Mp4(output),
    ];

    internal static async Task WriteSoundAsync(AnimaticFilm film, string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16, useAsync: false);
        await new SoundBed(film.Seed, SceneSounds.Of(film)).WriteAsync(file, cancel);
    }

    internal static string Folder(string output) => Path.GetDirectoryName(Path.GetFullPath(output))!;

    private static FilmTimeline Open(AnimaticFilm film, IScene? seam)
    {
        film.Check();
        return new FilmTimeline(film, seam);
    }
}
