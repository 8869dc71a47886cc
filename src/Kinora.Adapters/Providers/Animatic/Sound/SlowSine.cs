namespace Kinora.Adapters.Providers.Animatic.Sound;

/// <summary>
/// The sine of an angle that grows by the same step from sample to sample, by turning a vector: cheaper than asking for a sine each time, and over
/// a film's length its error stays far below a step of 16 bits.
/// </summary>
internal sealed class SlowSine(double radiansPerSecond, double phase = 0)
{
    private readonly double _stepSin = Math.Sin(radiansPerSecond / SoundBed.Rate);
    private readonly double _stepCos = Math.Cos(radiansPerSecond / SoundBed.Rate);
    private double _sin = Math.Sin(phase);
    private double _cos = Math.Cos(phase);

    internal double Next()
    {
        var sin = _sin;
        (_sin, _cos) = (_sin * _stepCos + _cos * _stepSin, _cos * _stepCos - _sin * _stepSin);
        return sin;
    }
}
