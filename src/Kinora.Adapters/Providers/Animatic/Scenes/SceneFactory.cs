namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>Makes the scene of each shot: the given first picture, or a stage drawn from the shot's words.</summary>
internal sealed class SceneFactory(AnimaticFilm film)
{
    private readonly IReadOnlyList<SceneIdea> _ideas = SceneReading.Read(film.Shots, film.Seed);

    internal IScene Make(int shot)
    {
        var move = film.Shots[shot].Move;
        if (shot == 0 && film.FirstFramePath is { } path)
        {
            return PictureScene.Open(path, film.Width, film.Height, move);
        }

        var panel = film.FirstFramePath is null ? shot : shot - 1;
        if (panel < film.Panels.Count)
        {
            return PictureScene.Open(film.Panels[panel], film.Width, film.Height, move);
        }

        return StageBuilder.Build(_ideas[shot], film.Width, film.Height, move);
    }
}
