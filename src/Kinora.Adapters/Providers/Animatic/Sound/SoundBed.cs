using System.Buffers.Binary;
using System.Runtime.CompilerServices;

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
        long at = 0;
        foreach (var scene in scenes)
        {
            int count;
            for (var rest = scene.Samples; rest > 0; rest -= count)
            {
                count = Math.Min(Block, rest);
                Fill(bytes.AsSpan(0, count * 4), scene, at, total, pad, weather);
                await to.WriteAsync(bytes.AsMemory(0, count * 4), cancel);
                at += count;
            }
        }
    }

    // A film's sound is over before tiered compilation would have found this loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(Span<byte> bytes, SoundScene scene, long at, long total, Pad pad, WeatherNoise weather)
    {
        var fade = Rate * Math.Min(Fade, total / (double)Rate / 3);
        for (var i = 0; i < bytes.Length; i += 4, at++)
        {
            var tone = pad.Next(at);
            var noise = weather.Next(scene);
            var gain = Level * Math.Clamp(Math.Min(at, total - 1 - at) / fade, 0, 1) * 32767;
            BinaryPrimitives.WriteInt16LittleEndian(bytes[i..], Round((tone.Left + noise.Left) * gain));
            BinaryPrimitives.WriteInt16LittleEndian(bytes[(i + 2)..], Round((tone.Right + noise.Right) * gain));
        }
    }

    private static short Round(double value) => (short)Math.Clamp(Math.Round(value), -12000, 12000);
}
