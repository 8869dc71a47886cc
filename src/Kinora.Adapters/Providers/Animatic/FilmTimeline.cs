using Kinora.Adapters.Providers.Animatic.Captions;
using Kinora.Adapters.Providers.Animatic.Frames;
using Kinora.Adapters.Providers.Animatic.Scenes;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>
/// Says what each frame is made of: which scene, how far in, what it dissolves from, which text stands over it. Scenes are drawn
/// shortly before they are needed and freed when passed, so a long film costs no more memory than two scenes.
/// </summary>
internal sealed class FilmTimeline : IDisposable
{
    private const int DissolveFrames = 10;
    private const int SeamFrames = 16;
    private const int FadeFrames = 10;
    private readonly AnimaticFilm _film;
    private readonly SceneFactory _factory;
    private readonly IScene? _seam;
    private readonly int[] _starts;
    private readonly Lazy<Task<IScene>>[] _scenes;
    private readonly Lazy<Task<Layer?>>[] _captions;
    private readonly Lazy<IScene>? _end;
    private readonly Lazy<Layer> _mark;

    /// <param name="film">What is shown.</param>
    /// <param name="seam">A frame the film dissolves from, when it goes on from another; owned by the timeline from here.</param>
    internal FilmTimeline(AnimaticFilm film, IScene? seam = null)
    {
        (_film, _seam) = (film, seam);
        _factory = new SceneFactory(film);
        _starts = new int[film.Shots.Count];
        for (var i = 1; i < _starts.Length; i++)
        {
            _starts[i] = _starts[i - 1] + film.Shots[i - 1].Frames;
        }

        _scenes = [.. film.Shots.Select((_, i) => new Lazy<Task<IScene>>(() => Task.Run(() => _factory.Make(i))))];
        _captions = [.. film.Shots.Select(shot => new Lazy<Task<Layer?>>(() => Task.Run(() => CaptionPainter.Draw(shot, film.Width, film.Height))))];
        _mark = new Lazy<Layer>(() => MarkPainter.Draw(film.Width, film.Height));
        if (film.LastFramePath is { } path)
        {
            _end = new Lazy<IScene>(() => PictureScene.Open(path, film.Width, film.Height, Shots.CameraMove.Static));
        }
    }

    /// <summary>
    /// Draws the first scene and begins the second. A fault of them comes with their frames too. To be over before the timeline is disposed.
    /// </summary>
    internal Task PrepareAsync() => RecipeAsync(0);

    internal async Task<FrameRecipe> RecipeAsync(int frame)
    {
        var shot = ShotAt(frame);
        _ = _captions[shot].Value;
        var scene = await ViewAsync(shot, frame);
        if (shot + 1 < _scenes.Length)
        {
            // Not before this one is there: it would only take its time.
            _ = _scenes[shot + 1].Value;
            _ = _captions[shot + 1].Value;
        }

        var overlays = await OverlaysAsync(shot, frame);
        var ending = frame - (_film.Frames - 1 - Math.Min(FadeFrames, _film.Frames / 2));
        if (_end is not null && ending > 0)
        {
            return new FrameRecipe(_end.Value.At(0, 0), scene, Share(ending, Math.Min(FadeFrames, _film.Frames / 2)), overlays);
        }

        var local = frame - _starts[shot];
        if (shot == 0)
        {
            return _seam is not null && local < SeamFrames
                ? new FrameRecipe(scene, _seam.At(0, 0), Share(local, SeamFrames), overlays)
                : new FrameRecipe(scene, null, 0, overlays);
        }

        var length = Math.Min(DissolveFrames, _film.Shots[shot].Frames / 2);
        return local < length
            ? new FrameRecipe(scene, await ViewAsync(shot - 1, frame), Share(local + 1, length + 1), overlays)
            : new FrameRecipe(scene, null, 0, overlays);
    }

    /// <summary>Frees what no frame from here on will show.</summary>
    internal void Passed(int frame)
    {
        var shot = ShotAt(frame);
        if (shot > 0 && frame - _starts[shot] >= DissolveFrames)
        {
            Free(shot - 1);
        }
    }

    public void Dispose()
    {
        for (var i = 0; i < _scenes.Length; i++)
        {
            Free(i);
        }

        _seam?.Dispose();
        if (_end is { IsValueCreated: true })
        {
            _end.Value.Dispose();
        }

        if (_mark.IsValueCreated)
        {
            _mark.Value.Dispose();
        }
    }

    private async Task<SceneView> ViewAsync(int shot, int frame)
    {
        var scene = await _scenes[shot].Value;
        var local = frame - _starts[shot];
        var progress = local / (double)Math.Max(1, _film.Shots[shot].Frames - 1);
        return scene.At(progress, local / (double)AnimaticFilm.FramesPerSecond);
    }

    private async Task<IReadOnlyList<PlacedOverlay>> OverlaysAsync(int shot, int frame)
    {
        var all = FilmOpacity(frame);
        var overlays = new List<PlacedOverlay>(3);
        var local = frame - _starts[shot];
        var length = Math.Min(DissolveFrames, _film.Shots[shot].Frames / 2);
        var fades = local < length && (shot > 0 || _seam is not null);
        if (fades && shot > 0 && await _captions[shot - 1].Value is { } leaving)
        {
            overlays.Add(new PlacedOverlay(leaving, RowMath.Weight(all * (1 - Smooth(local + 1, length + 1)))));
        }

        if (await _captions[shot].Value is { } caption)
        {
            overlays.Add(new PlacedOverlay(caption, RowMath.Weight(fades ? all * Smooth(local + (shot > 0 ? 1 : 0), length + 1) : all)));
        }

        overlays.Add(new PlacedOverlay(_mark.Value, RowMath.Weight(_seam is null ? all : all * Smooth(frame, SeamFrames))));
        return overlays;
    }

    // Text keeps off a given first or last picture, which is shown as it is.
    private double FilmOpacity(int frame)
    {
        var opacity = 1.0;
        if (_film.FirstFramePath is not null)
        {
            opacity = Smooth(frame, Math.Min(FadeFrames, _film.Frames / 3));
        }

        if (_film.LastFramePath is not null)
        {
            opacity = Math.Min(opacity, Smooth(_film.Frames - 1 - frame, Math.Min(FadeFrames, _film.Frames / 3)));
        }

        return opacity;
    }

    private int ShotAt(int frame)
    {
        var at = Array.BinarySearch(_starts, frame);
        return at >= 0 ? at : ~at - 1;
    }

    private void Free(int shot)
    {
        if (_scenes[shot] is { IsValueCreated: true, Value: var scene })
        {
            Discard(scene);
        }

        if (_captions[shot] is { IsValueCreated: true, Value: var caption })
        {
            Discard(caption);
        }
    }

    // A scene still being drawn when a film is cancelled is freed as soon as it is there.
    private static void Discard<T>(Task<T> made) where T : IDisposable? =>
        made.ContinueWith(done => done.Result?.Dispose(), CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static short Share(int step, int steps) => RowMath.Weight(Smooth(step, steps));

    private static double Smooth(int step, int steps)
    {
        var t = Math.Clamp(step / (double)Math.Max(1, steps), 0, 1);
        return t * t * (3 - 2 * t);
    }
}
