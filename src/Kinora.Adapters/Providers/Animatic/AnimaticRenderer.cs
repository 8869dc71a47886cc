using Kinora.Adapters.Providers.Animatic.Scenes;
using Kinora.Adapters.Providers.Animatic.Sound;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>
/// Renders a film into an MP4. Frames are drawn ahead by a few and piped; nothing is held whole. The output appears under its name
/// only when it is complete; cancelling or a fault kills ffmpeg and leaves nothing behind.
/// </summary>
internal sealed class AnimaticRenderer(string ffmpeg = "ffmpeg")
{
    /// <summary>Renders the film to a new file (an old one is replaced).</summary>
    /// <param name="film">The film.</param>
    /// <param name="output">Where the MP4 goes; parts lie beside it while it is made.</param>
    /// <param name="progress">Frames done / frames wanted, 0 to 1, called in order from one thread at a time.</param>
    /// <param name="cancel">Ends the render promptly.</param>
    /// <exception cref="AnimaticException">ffmpeg is missing or failed.</exception>
    internal Task RenderAsync(AnimaticFilm film, string output, IProgress<double>? progress, CancellationToken cancel) =>
        RenderAsync(film, output, seam: null, progress, cancel);

    internal async Task RenderAsync(AnimaticFilm film, string output, IScene? seam, IProgress<double>? progress, CancellationToken cancel)
    {
        using var timeline = Open(film, seam);
        using var parts = new PartFiles(output);
        var sound = film.Audio ? parts.New("pcm") : null;
        var listening = sound is null ? Task.CompletedTask : Task.Run(() => WriteSoundAsync(film, sound, cancel), cancel);
        await Task.WhenAll(listening, timeline.PrepareAsync());
        cancel.ThrowIfCancellationRequested();

        var part = parts.New("mp4");
        await using var child = FfmpegChild.Start(ffmpeg, Arguments(film, sound, part));
        using var pump = new FramePump(timeline, film.Width, film.Height, film.Frames);
        await pump.RunAsync(new FfmpegFrameSink(child), progress, cancel);
        await child.FinishAsync(cancel);
        File.Move(part, output, overwrite: true);
    }

    /// <summary>Draws all frames into a sink and encodes nothing: what drawing alone costs.</summary>
    internal static async Task DrawAsync(AnimaticFilm film, IFrameSink sink, CancellationToken cancel)
    {
        using var timeline = Open(film, null);
        await timeline.PrepareAsync();
        using var pump = new FramePump(timeline, film.Width, film.Height, film.Frames);
        await pump.RunAsync(sink, null, cancel);
    }

    /// <summary>The whole command line for a film, for measuring the encoder alone with the same settings.</summary>
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

    private static FilmTimeline Open(AnimaticFilm film, IScene? seam)
    {
        film.Check();
        return new FilmTimeline(film, seam);
    }
}
