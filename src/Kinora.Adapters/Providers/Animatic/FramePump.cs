using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>
/// Draws frames ahead on the pool and hands them over in order. The few buffers there are bound both the memory and how far the
/// drawing may run ahead of the encoder.
/// </summary>
internal sealed class FramePump(FilmTimeline timeline, int width, int height, int frames) : IDisposable
{
    private readonly int _ahead = Math.Clamp(Environment.ProcessorCount * 2, 4, 8);
    private readonly Stack<(FrameCanvas Canvas, byte[] Buffer)> _idle = new();
    private readonly Queue<Task<(FrameCanvas Canvas, byte[] Buffer)>> _drawing = new();

    internal async Task RunAsync(IFrameSink sink, IProgress<double>? progress, CancellationToken cancel)
    {
        try
        {
            var next = 0;
            for (var frame = 0; frame < frames; frame++)
            {
                for (; next < frames && _drawing.Count < _ahead; next++)
                {
                    _drawing.Enqueue(Begin(next));
                }

                var (canvas, buffer) = await _drawing.Dequeue();
                try
                {
                    await sink.WriteAsync(buffer, cancel);
                }
                finally
                {
                    _idle.Push((canvas, buffer));
                }
                timeline.Passed(frame);
                progress?.Report((frame + 1) / (double)frames);
            }
        }
        finally
        {
            // Layers are native memory: no worker may still read them when the timeline is freed.
            foreach (var task in _drawing)
            {
                await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public void Dispose()
    {
        foreach (var (canvas, _) in _idle)
        {
            canvas.Dispose();
        }

        foreach (var task in _drawing)
        {
            if (task.IsCompletedSuccessfully)
            {
                task.Result.Canvas.Dispose();
            }
        }
    }

    private Task<(FrameCanvas Canvas, byte[] Buffer)> Begin(int frame)
    {
        var (canvas, buffer) = _idle.Count > 0
            ? _idle.Pop()
            : (new FrameCanvas(width, height), new byte[FrameCanvas.FrameBytes(width, height)]);
        return Task.Run(async () =>
        {
            canvas.Draw(await timeline.RecipeAsync(frame), buffer);
            return (canvas, buffer);
        });
    }
}
