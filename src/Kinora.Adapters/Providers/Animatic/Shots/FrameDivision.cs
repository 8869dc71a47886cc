namespace Kinora.Adapters.Providers.Animatic.Shots;

/// <summary>Divides a film's frames among its shots by weight; the parts always sum to the whole.</summary>
internal static class FrameDivision
{
    /// <summary>Three quarters of a second: less flashes.</summary>
    internal const int LeastFrames = 18;

    internal static int[] Divide(int frames, IReadOnlyList<double> weights)
    {
        var least = Math.Min(LeastFrames, frames / weights.Count);
        var free = frames - least * weights.Count;
        var sum = weights.Sum();
        var ideal = weights.Select(weight => frames * weight / sum).ToArray();

        // What each wants above the least, scaled to what is free, rounded by running total so that nothing is lost.
        var wants = ideal.Select(count => Math.Max(0, count - least)).ToArray();
        var wanted = wants.Sum();
        var parts = new int[weights.Count];
        double running = 0;
        var given = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            running += wanted > 0 ? free * wants[i] / wanted : (double)free / parts.Length;
            var upTo = i == parts.Length - 1 ? free : (int)Math.Round(running);
            parts[i] = least + upTo - given;
            given = upTo;
        }
        return parts;
    }
}
