using System.Runtime.CompilerServices;

namespace Kinora.Adapters.Providers.Animatic.Sound;

/// <summary>Soft sustained chords: sines with two overtones from a table, each voice a little apart left and right.</summary>
internal sealed class Pad
{
    private const int TableBits = 12;
    private const double ChordSeconds = 6;
    private static readonly float[] Table = MakeTable();
    private static readonly double[] Semitone = [.. Enumerable.Range(-12, 48).Select(step => Math.Pow(2, step / 12.0))];

    // Semitones above the root; open voicings, no leading note that asks for more.
    private static readonly int[][] Bright = [[0, 7, 16, 23], [-3, 9, 12, 16], [5, 12, 16, 21], [-5, 7, 14, 19]];
    private static readonly int[][] Sombre = [[0, 7, 15, 22], [-4, 8, 12, 15], [3, 10, 15, 19], [-2, 10, 14, 17]];
    private readonly int[][] _chords;
    private readonly double _root;
    private readonly int _turn;
    private readonly double[] _phase = new double[16];
    private readonly double[] _steps = new double[16];
    private readonly SlowSine _breath = new(0.7);
    private int _chord = -1;

    internal Pad(long seed, bool dark)
    {
        _chords = dark ? Sombre : Bright;
        var pick = (ulong)seed * 0x9E3779B97F4A7C15 >> 32;
        _root = 98.0 * Math.Pow(2, (pick % 7) / 12.0); // G2 and up
        _turn = (int)(pick / 7 % 4);
    }

    /// <summary>The samples in turn, from the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal (double Left, double Right) Next(long at)
    {
        var time = at / (double)SoundBed.Rate;
        var chord = (int)(time / ChordSeconds);
        if (chord != _chord)
        {
            Tune(chord);
        }

        var cross = Math.Clamp((time / ChordSeconds - chord - 0.7) / 0.3, 0, 1);
        cross = cross * cross * (3 - 2 * cross);
        double left = 0, right = 0;
        Add(chord % 2 * 8, 1 - cross, ref left, ref right);
        if (cross > 0)
        {
            Add((chord + 1) % 2 * 8, cross, ref left, ref right);
        }

        var breath = 0.85 + 0.15 * _breath.Next();
        return (left * breath * 0.28, right * breath * 0.28);
    }

    // Chords take turns in two sets of oscillators: a voice keeps its phase from fading in to fading out.
    private void Tune(int chord)
    {
        _chord = chord;
        for (var next = chord; next <= chord + 1; next++)
        {
            for (var voice = 0; voice < 4; voice++)
            {
                var slot = next % 2 * 8 + voice * 2;
                var frequency = _root * Semitone[_chords[(next + _turn) % 4][voice] + 12];
                (_steps[slot], _steps[slot + 1]) = (frequency * 0.9988 / SoundBed.Rate, frequency * 1.0012 / SoundBed.Rate);
            }
        }
    }

    // Four voices of two oscillators each, in turn more to the left and more to the right.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int slot, double gain, ref double left, ref double right)
    {
        for (var i = 0; i < 8; i += 4)
        {
            left += gain * Turn(slot + i);
            right += gain * Turn(slot + i + 1) * 0.7;
            left += gain * Turn(slot + i + 2) * 0.7;
            right += gain * Turn(slot + i + 3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Turn(int oscillator)
    {
        ref var phase = ref _phase[oscillator];
        phase += _steps[oscillator];
        if (phase >= 1)
        {
            phase -= 1;
        }

        return Table[(int)(phase * (1 << TableBits))];
    }

    private static float[] MakeTable()
    {
        var table = new float[1 << TableBits];
        for (var i = 0; i < table.Length; i++)
        {
            var angle = Math.Tau * i / table.Length;
            table[i] = (float)(0.78 * Math.Sin(angle) + 0.16 * Math.Sin(2 * angle) + 0.06 * Math.Sin(3 * angle));
        }
        return table;
    }
}
