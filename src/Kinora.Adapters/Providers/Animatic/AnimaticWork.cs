using System.Security.Cryptography;
using System.Text;
using Kinora.Adapters.Providers.Animatic.Shots;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>Turns a job's request into a film or a still, and makes it.</summary>
internal sealed class AnimaticWork(RemoteJob job, Ffmpeg ffmpeg)
{
    private static readonly FrameSize DefaultSize = new(1280, 720);
    private const string Stem = "animatic";
    private readonly GenerationRequest _request = job.Request;

    /// <summary>What the job leaves in its work folder.</summary>
    internal static IReadOnlyList<RemoteOutput> Outputs(GenerationRequest request) =>
    [
        .. Enumerable.Range(0, request.Count).Select(n => new RemoteOutput
        {
            Kind = request.Kind,
            WorkFile = request.Kind == MediaKind.Video ? $"{Stem}.mp4" : FormattableString.Invariant($"{Stem}-{n + 1}.{request.Format ?? "png"}"),
        }),
    ];

    /// <summary>What will not be filmed as written.</summary>
    internal static IReadOnlyList<string> Warnings(Submission submission) =>
        submission.Request is { Kind: MediaKind.Video, Operation: not Operation.Edit } request
            ? ShotList.Parse(request.Prompt, AnimaticFilm.FramesIn(request.Seconds ?? submission.Source?.Request.Seconds ?? 8), request.Seed ?? 0).Warnings
            : submission.Request is { Kind: MediaKind.Image, Operation: Operation.Edit, Background: "transparent" }
            ? ["The built-in renderer keeps the background of a picture it changes; only new pictures are made transparent."]
            : [];

    /// <summary>Removes what a render that was killed has left.</summary>
    internal static void ClearParts(string folder)
    {
        foreach (var part in Directory.EnumerateFiles(folder, $"{Stem}.*.*"))
        {
            File.Delete(part);
        }
    }

    /// <param name="index">Of the output that is made.</param>
    internal async Task MakeAsync(string path, int index, IProgress<double> progress, CancellationToken cancel)
    {
        if (_request.Kind == MediaKind.Image)
        {
            await MakeStillAsync(path, index, cancel);
        }
        else if (_request.Operation == Operation.Extend)
        {
            await new FilmExtender(ffmpeg).ExtendAsync(job.Source!.FilePath, await ExtensionAsync(cancel), path, progress, cancel);
        }
        else
        {
            await new AnimaticRenderer(ffmpeg).RenderAsync(await FilmAsync(cancel), path, progress, cancel);
        }
    }

    private async Task MakeStillAsync(string path, int index, CancellationToken cancel)
    {
        var input = _request.References.Count > 0 ? await job.Inputs.PathAsync(_request.References[0], cancel) : job.Source?.FilePath;
        var still = new AnimaticStill
        {
            Prompt = _request.Prompt,
            Width = Size.Width,
            Height = Size.Height,
            Seed = Seed + index,
            Format = _request.Format ?? "png",
            Transparent = _request.Background == "transparent" && input is null,
            InputPath = input,
            MaskPath = _request.Mask is { } mask ? await job.Inputs.PathAsync(mask, cancel) : null,
        };
        var bytes = await Task.Run(() => StillRenderer.Render(still), cancel);
        using var parts = new PartFiles(path);
        var part = parts.New(still.Format);
        await File.WriteAllBytesAsync(part, bytes, cancel);
        File.Move(part, path, overwrite: true);
    }

    private async Task<AnimaticFilm> FilmAsync(CancellationToken cancel)
    {
        var frames = AnimaticFilm.FramesIn(_request.Seconds ?? job.Source?.Request.Seconds ?? 8);
        var panels = new List<string>();
        foreach (var reference in _request.References)
        {
            panels.Add(await job.Inputs.PathAsync(reference, cancel));
        }

        return new AnimaticFilm
        {
            Shots = Shots(frames),
            Width = Size.Width,
            Height = Size.Height,
            Seed = Seed,
            Audio = _request.Audio ?? true,
            FirstFramePath = _request.FirstFrame is { } first ? await job.Inputs.PathAsync(first, cancel) : null,
            LastFramePath = _request.LastFrame is { } last ? await job.Inputs.PathAsync(last, cancel) : null,
            Panels = panels,
        };
    }

    private IReadOnlyList<Shot> Shots(int frames)
    {
        if (_request.Operation != Operation.Edit)
        {
            return ShotList.Parse(_request.Prompt, frames, Seed).Shots;
        }
        // An edit of an edit goes back to the words that were filmed first, with all the changes in turn.
        var words = job.Source!.Prompts;
        var first = job.Source.Request.Operation == Operation.Edit ? 0 : words.Count - 1;
        var shots = ShotList.Parse(words[first], frames, Seed);
        foreach (var change in words.Skip(first + 1).Append(_request.Prompt))
        {
            shots = shots.Revise(change);
        }

        return shots.Shots;
    }

    // The appended seconds keep the source's size whatever was asked, go on counting its shots and stay in its place.
    private async Task<AnimaticFilm> ExtensionAsync(CancellationToken cancel)
    {
        var source = job.Source!;
        var clip = await SourceClip.OpenAsync(ffmpeg, source.FilePath, job.WorkFolder, cancel);
        var before = ShotList.Parse(source.Prompts.Count > 0 ? source.Prompts[^1] : source.Request.Prompt, AnimaticFilm.FramesIn(clip.Seconds), Seed).Shots;
        var shots = ShotList.Parse(_request.Prompt, AnimaticFilm.FramesIn(_request.Seconds ?? 8), Seed).Shots;
        return new AnimaticFilm
        {
            Shots = [.. shots.Select(shot => shot with
            {
                Number = shot.Number + before.Count,
                Preamble = shot.Preamble.Length > 0 ? shot.Preamble : before[^1].Text,
            })],
            Width = clip.Width,
            Height = clip.Height,
            Seed = Seed,
            Audio = _request.Audio ?? true,
            LastFramePath = _request.LastFrame is { } last ? await job.Inputs.PathAsync(last, cancel) : null,
        };
    }

    private FrameSize Size => _request.Size ?? job.Source?.Request.Size ?? DefaultSize;

    /// <summary>The asked seed, else the source's (a remix keeps the look), else one that follows from the first words.</summary>
    private long Seed => _request.Seed ?? job.Source?.Request.Seed ?? FromWords(job.Source?.Prompts is [var first, ..] ? first : _request.Prompt);

    private static long FromWords(string words) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(words))) & 0xFFFFFFFF;
}
