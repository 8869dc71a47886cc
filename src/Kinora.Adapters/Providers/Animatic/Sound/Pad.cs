namespace Kinora.Adapters.Providers.Animatic.Sound;

/// <summary>Soft sustained chords: sines with two overtones from a table, each voice a little apart left and right.</summary>
internal sealed class Pad
{
    private const int TableBits = 12;
    private const double ChordSeconds = 6;
    private static readonly float[] Table = MakeTable();

    // Semitones above the root; open voicings, no leading note that asks for more.
    private static readonly int[][] Bright = [[0, 7, 16, 23], [-3, 9, 12, 16], [5, 12, 16, 21], [-5, 7, 14, 19]];
    private static readonly int[][] Sombre = [[0, 7, 15, 22], [-4, 8, 12, 15], [3, 10, 15, 19], [-2, 10, 14, 17]];
    private readonly int[][] _chords;
    private readonly double _root;
    private readonly int _turn;
    private readonly double[] _phase = new double[16];
    private readonly SlowSine _breath = new(0.7);

    internal Pad(long seed, bool dark)
    {
        _chords = dark ? Sombre : Bright;
        var pick = (ulong)seed * 0x9E3779B97F4A7C15 >> 32;
        _root = 98.0 * Math.Pow(2, (pick % 7) / 12.0); // G2 and up
        _turn = (int)(pick / 7 % 4);
    }

    /// <summary>The samples in turn, from the first.</summary>
    internal (double Left, double Right) Next(long at)
    {
        var time = at / (double)SoundBed.Rate;
        var chord = (int)(time / ChordSeconds);
        var into = time / ChordSeconds - chord;
        var cross = Math.Clamp((into - 0.7) / 0.3, 0, 1);
        cross = cross * cross * (3 - 2 * cross);
        double left = 0, right = 0;
        for (var voice = 0; voice < 4; voice++)
        {
            // Chords take turns in two sets of oscillators: a voice keeps its phase from fading in to fading out.
            Add(chord % 2 * 4 + voice, Note(chord, voice), 1 - cross, ref left, ref right);
            if (cross > 0)
            {
                Add((chord + 1) % 2 * 4 + voice, Note(chord + 1, voice), cross, ref left, ref right);
            }
        }
        var breath = 0.85 + 0.15 * _breath.Next();
        return (left * breath * 0.28, right * breath * 0.28);
    }

    private double Note(int chord, int voice) =>
        _root * Semitone[_chords[(chord + _turn) % 4][voice] + 12];

    private static readonly double[] Semitone = [.. Enumerable.Range(-12, 48).Select(step => Math.Pow(2, step / 12.0))];

    private void Add(int slot, double frequency, double gain, ref double left, ref double right)
    {
        left += gain * Turn(slot * 2, frequency * 0.9988) * (slot % 2 == 0 ? 1 : 0.7);
        right += gain * Turn(slot * 2 + 1, frequency * 1.0012) * (slot % 2 == 0 ? 0.7 : 1);
    }

    private float Turn(int oscillator, double frequency)
    {
        ref var phase = ref _phase[oscillator];
        phase += frequency / SoundBed.Rate;
        phase -= Math.Floor(phase);
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
