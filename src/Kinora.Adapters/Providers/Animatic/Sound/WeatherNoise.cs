namespace Kinora.Adapters.Providers.Animatic.Sound;

/// <summary>Rain, sea and wind out of filtered noise. Levels glide, so that a cut between shots does not click.</summary>
internal sealed class WeatherNoise(long seed)
{
    private const double Glide = 1.0 / (SoundBed.Rate * 0.25);
    private ulong _state = ((ulong)seed * 2654435769 + 0x9E3779B97F4A7C15) | 1;
    private readonly SlowSine _swells = new(0.9);
    private readonly SlowSine _gusts = new(0.53);
    private readonly SlowSine _lulls = new(0.31, 1);
    private double _rain, _sea, _wind;
    private double _slowLeft, _slowRight, _deepLeft, _deepRight;

    /// <summary>The samples in turn, from the first.</summary>
    internal (double Left, double Right) Next(SoundScene scene)
    {
        var (swelling, gusting) = (0.5 + 0.5 * _swells.Next(), _gusts.Next() * _lulls.Next());
        _rain += (scene.Rain - _rain) * Glide;
        _sea += (scene.Sea - _sea) * Glide;
        _wind += (scene.Wind - _wind) * Glide;
        if (_rain + _sea + _wind < 1e-4)
        {
            return (0, 0);
        }

        double left = Noise(), right = Noise();
        _slowLeft += 0.22 * (left - _slowLeft);
        _slowRight += 0.22 * (right - _slowRight);
        _deepLeft += 0.018 * (left - _deepLeft);
        _deepRight += 0.018 * (right - _deepRight);
        var swell = swelling * swelling * 0.8 + 0.2;
        var gust = 0.55 + 0.45 * gusting;
        var rain = _rain * 0.32;
        var deep = _sea * swell * 2.6 + _wind * gust * 2.2;
        var foam = _sea * swell * swell * 0.22;
        return ((_slowLeft - _deepLeft) * (rain + foam) + _deepLeft * deep, (_slowRight - _deepRight) * (rain + foam) + _deepRight * deep);
    }

    private double Noise()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (long)_state / (double)long.MaxValue;
    }
}
