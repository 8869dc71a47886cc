using System.Buffers.Binary;

namespace Kinora.Adapters.Providers.Animatic.Sound;

/// <summary>What is heard in a stretch of the film.</summary>
internal sealed record SoundScene(int Samples, double Rain, double Sea, double Wind, bool Dark);

/// <summary>
/// A quiet bed under the film: a slow pad of four chords, with rain, sea or wind where the pictures have them. 48 kHz stereo,
/// 16 bit, written as a stream; deterministic for a seed.
/// </summary>
internal sealed class SoundBed(long seed, IReadOnlyList<SoundScene> scenes)
{
    internal const int Rate = 48000;
    private const double Fade = 1.2;
    private const double Level = 0.16; // peaks near -14 dBFS: under a voice, should one be laid over it
    private const int Block = 4800;

    internal async Task WriteAsync(Stream to, CancellationToken cancel)
    {
        var total = scenes.Sum(scene => (long)scene.Samples);
        var pad = new Pad(seed, scenes.Where(scene => scene.Dark).Sum(scene => (long)scene.Samples) > total / 2);
        var weather = new WeatherNoise(seed);
        var bytes = new byte[Block * 4];
        for (long start = 0; start < total; start += Block)
        {
            var count = (int)Math.Min(Block, total - start);
            for (var i = 0; i < count; i++)
            {
                var (left, right) = Sample(start + i, total, pad, weather);
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * 4), left);
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * 4 + 2), right);
            }
            await to.WriteAsync(bytes.AsMemory(0, count * 4), cancel);
        }
    }

    private (short Left, short Right) Sample(long at, long total, Pad pad, WeatherNoise weather)
    {
        var scene = SceneAt(at);
        var tone = pad.Next(at);
        var (noiseLeft, noiseRight) = weather.Next(scene);
        var ends = Math.Min(at, total - 1 - at) / (Rate * Math.Min(Fade, total / (double)Rate / 3));
        var gain = Level * Math.Clamp(ends, 0, 1) * 32767;
        return (Round((tone.Left + noiseLeft) * gain), Round((tone.Right + noiseRight) * gain));
    }

    private SoundScene SceneAt(long at)
    {
        foreach (var scene in scenes)
        {
            if (at < scene.Samples)
            {
                return scene;
            }

            at -= scene.Samples;
        }
        return scenes[^1];
    }

    private static short Round(double value) => (short)Math.Clamp(Math.Round(value), -12000, 12000);
}
