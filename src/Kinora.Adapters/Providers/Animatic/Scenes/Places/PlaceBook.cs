namespace Kinora.Adapters.Providers.Animatic.Scenes.Places;

/// <summary>Draws the place of a scene on its stage.</summary>
internal static class PlaceBook
{
    internal static void Draw(Stage stage)
    {
        Action<Stage> draw = stage.Idea.Place switch
        {
            Place.Street => Towns.Street,
            Place.City => Towns.City,
            Place.Sea => Waters.Sea,
            Place.Beach => Waters.Beach,
            Place.River => Waters.River,
            Place.Underwater => Waters.Underwater,
            Place.Forest => Countryside.Forest,
            Place.Mountain => Countryside.Mountain,
            Place.Desert => Countryside.Desert,
            Place.Meadow => Countryside.Meadow,
            Place.Road => Countryside.Road,
            Place.Snowfield => Countryside.Snowfield,
            Place.Room => Interiors.Room,
            Place.Kitchen => Interiors.Kitchen,
            Place.Space => Heights.Space,
            Place.Sky => Heights.Sky,
            _ => Heights.Abstract,
        };
        draw(stage);
    }
}
