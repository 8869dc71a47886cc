using System.Collections.Frozen;

namespace Kinora.Adapters.Providers.Animatic.Scenes.Figures;

/// <summary>All figures by name.</summary>
internal static class FigureCabinet
{
    private static readonly FrozenDictionary<string, Figure> All =
        People.All.Concat(Animals.All).Concat(Vehicles.All).Concat(Buildings.All).Concat(Things.All).ToFrozenDictionary(figure => figure.Name);

    internal static IReadOnlyCollection<Figure> Figures => All.Values;

    internal static Figure Find(string name) => All[name];
}
