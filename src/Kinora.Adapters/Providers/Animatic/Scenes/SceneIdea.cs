namespace Kinora.Adapters.Providers.Animatic.Scenes;

internal enum Place
{
    Abstract,
    Street,
    City,
    Sea,
    Beach,
    River,
    Forest,
    Mountain,
    Desert,
    Meadow,
    Road,
    Room,
    Kitchen,
    Space,
    Sky,
    Underwater,
    Snowfield,
}

internal enum TimeOfDay
{
    Day,
    Dawn,
    Sunset,
    Dusk,
    Night,
}

internal enum Weather
{
    Clear,
    Cloudy,
    Rain,
    Storm,
    Snow,
    Fog,
    Wind,
}

/// <summary>What a shot's picture shows, read from its words.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Time">When it is; it chooses the light.</param>
/// <param name="Weather">What falls or blows.</param>
/// <param name="Subjects">Names of figures, the leading one first.</param>
/// <param name="Seed">Chooses among equals: palette variant, where things stand.</param>
internal sealed record SceneIdea(Place Place, TimeOfDay Time, Weather Weather, IReadOnlyList<string> Subjects, ulong Seed)
{
    /// <summary>How near the camera is: 1 as usual, more for a close-up, less for a wide shot.</summary>
    public double Closeness { get; init; } = 1;
}
