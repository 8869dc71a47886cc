using System.Globalization;
using Kinora.Adapters.Providers.Animatic.Frames;
using Kinora.Adapters.Providers.Animatic.Scenes;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>
/// Appends real seconds to a clip. The new part starts from the source's last decoded frame and dissolves from it; the source's
/// own frames are copied where both sides have the same header, else both are encoded once more.
/// </summary>
internal sealed class FilmExtender(Ffmpeg ffmpeg)
{
    /// <param name="source">The clip to go on from, read only.</param>
    /// <param name="film">The seconds to append; its size must be the source's.</param>
    /// <param name="output">The joined MP4.</param>
    /// <param name="progress">0 to 1.</param>
    /// <param name="cancel">Ends the work promptly and leaves nothing.</param>
    internal async Task ExtendAsync(string source, AnimaticFilm film, string output, IProgress<double>? progress, CancellationToken cancel)
    {
        var folder = AnimaticRenderer.Folder(output);
        var clip = await SourceClip.OpenAsync(ffmpeg, source, folder, cancel);
        if ((clip.Width, clip.Height) != (film.Width, film.Height))
        {
            throw new ArgumentException($"The source is {clip.Width}x{clip.Height}, the extension {film.Width}x{film.Height}.");
        }

        var last = await clip.LastFrameAsync(ffmpeg, source, folder, cancel);

        using var parts = new PartFiles(output);
        var added = parts.New("mp4");
        var seam = PictureScene.FromFrame(last, clip.Width, clip.Height);
        await new AnimaticRenderer(ffmpeg).RenderAsync(film with { Audio = false }, seam, parts, added, progress, cancel);

        var sound = film.Audio ? parts.New("pcm") : null;
        if (sound is not null)
        {
            await AnimaticRenderer.WriteSoundAsync(film, sound, cancel);
        }

        var fresh = await SourceClip.OpenAsync(ffmpeg, added, folder, cancel);
        var copies = clip.IsOurs && clip.Header.Length > 0 && clip.Header == fresh.Header;
        var list = copies ? List(parts, await PicturesAsync(source, parts, folder, cancel), clip, added) : null;
        var joined = parts.New("mp4");
        await ffmpeg.RunAsync(Arguments(source, clip, added, sound, copies, list, joined),
            folder, FrameCanvas.FrameBytes(film.Width, film.Height), null, null, cancel);
        File.Move(joined, output, overwrite: true);
    }

    // Inputs: 0 the list or the source's pictures, 1 the added pictures, 2 the source for its sound, 3 the added sound.
    private static IReadOnlyList<string> Arguments(string source, SourceClip clip, string added, string? sound, bool copies, string? list, string output)
    {
        string[] pictures = copies
            ? ["-f", "concat", "-safe", "0", "-protocol_whitelist", "file", "-i", "file:" + list]
            : ["-protocol_whitelist", "file", "-i", "file:" + source];
        var filter = new List<string>();
        if (!copies)
        {
            filter.Add(Invariant($"[0:v:0]fps=24,scale={clip.Width}:{clip.Height},setsar=1,format=yuv420p[old];[1:v:0]setsar=1,format=yuv420p[new];[old][new]concat=n=2:v=1[v]"));
        }

        if (sound is not null)
        {
            filter.Add(Sound(clip));
        }

        return
        [
            .. FilmEncoding.Quiet, .. pictures,
            "-protocol_whitelist", "file", "-i", "file:" + added,
            "-protocol_whitelist", "file", "-i", "file:" + source,
            .. sound is null ? [] : FilmEncoding.RawAudioInput(sound),
            .. filter.Count == 0 ? Array.Empty<string>() : ["-filter_complex", string.Join(';', filter)],
            "-map", copies ? "0:v" : "[v]", .. sound is null ? Array.Empty<string>() : ["-map", "[a]"],
            .. copies ? ["-c:v", "copy", "-video_track_timescale", "12288"] : FilmEncoding.Video,
            .. sound is null ? [] : FilmEncoding.Audio,
            .. FilmEncoding.Mp4(output),
        ];
    }

    // The old sound is cut or filled to exactly the old pictures; a silent source gets silence.
    private static string Sound(SourceClip clip)
    {
        var samples = (long)Math.Round(clip.Seconds * 48000);
        var old = clip.HasAudio
            ? Invariant($"[2:a:0]aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo,apad,atrim=end_sample={samples}[a0]")
            : Invariant($"anullsrc=r=48000:cl=stereo,atrim=end_sample={samples},aformat=sample_fmts=fltp[a0]");
        return old + ";[3:a:0]aformat=sample_fmts=fltp:channel_layouts=stereo[a1];[a0][a1]concat=n=2:v=0:a=1[a]";
    }

    // AAC begins before zero, and the list would push the pictures behind it: it gets a copy without sound.
    private async Task<string> PicturesAsync(string source, PartFiles parts, string folder, CancellationToken cancel)
    {
        var pictures = parts.New("mp4");
        await ffmpeg.RunAsync(
            [.. FilmEncoding.Quiet, "-protocol_whitelist", "file", "-i", "file:" + source, "-map", "0:v:0", "-c", "copy", "-video_track_timescale", "12288", "-f", "mp4", "-y", "file:" + pictures],
            folder, 0, null, null, cancel);
        return pictures;
    }

    private static string List(PartFiles parts, string pictures, SourceClip clip, string added)
    {
        var list = parts.New("ffconcat");
        File.WriteAllText(list, Invariant($"ffconcat version 1.0\nfile {Quote(pictures)}\nduration {clip.Seconds:0.######}\nfile {Quote(added)}\n"));
        return list;
    }

    private static string Quote(string path) => "'file:" + Path.GetFullPath(path).Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
