namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>Numbers that are the same for the same seed on every runtime (SplitMix64); System.Random does not promise that.</summary>
internal sealed class SeededNumbers(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 up to, not including, 1.</summary>
    internal double Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    internal double Between(double low, double high) => low + (high - low) * Next();

    internal int Below(int count) => (int)(Next() * count);

    internal bool Chance(double share) => Next() < share;
}
