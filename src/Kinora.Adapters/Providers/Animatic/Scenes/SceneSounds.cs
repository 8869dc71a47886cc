using Kinora.Adapters.Providers.Animatic.Sound;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>What each shot's place and weather sound like.</summary>
internal static class SceneSounds
{
    internal static IReadOnlyList<SoundScene> Of(AnimaticFilm film)
    {
        var ideas = SceneReading.Read(film.Shots, film.Seed);
        return [.. film.Shots.Select((shot, i) => Of(ideas[i], shot.Frames * (SoundBed.Rate / AnimaticFilm.FramesPerSecond)))];
    }

    private static SoundScene Of(SceneIdea idea, int samples)
    {
        var outdoors = idea.Place is not (Place.Room or Place.Kitchen or Place.Space or Place.Underwater);
        return new SoundScene(samples,
            Rain: idea.Weather is Weather.Rain or Weather.Storm ? (outdoors ? 1 : 0.4) : 0,
            Sea: idea.Place switch { Place.Sea or Place.Beach => 1, Place.River or Place.Underwater => 0.4, _ => 0 },
            Wind: idea.Weather is Weather.Wind or Weather.Storm or Weather.Snow ? 0.8
                : idea.Place is Place.Mountain or Place.Desert or Place.Snowfield ? 0.5 : outdoors ? 0.12 : 0,
            Dark: idea.Time is TimeOfDay.Night or TimeOfDay.Dusk || idea.Weather is Weather.Rain or Weather.Storm or Weather.Fog);
    }
}
