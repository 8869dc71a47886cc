using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>The models known at a place that hosts many people's models; any other works there by its name where an operator lists it.</summary>
/// <param name="All">A good general choice comes first.</param>
/// <param name="Usual">What most models of videos call their inputs; an unlisted one is asked by these names. Null in an operator's table that does not say.</param>
/// <param name="UsualOfPictures">The same for pictures.</param>
internal sealed record HostedModels(IReadOnlyList<HostedModel> All, InputNames? Usual, InputNames? UsualOfPictures)
{
    /// <summary>Their rows in the catalogue.</summary>
    public IReadOnlyList<ModelInfo> At(string provider) => [.. All.Select(model => model.At(provider))];

    public HostedModel Find(string name, MediaKind kind)
    {
        if (All.FirstOrDefault(model => model.Name == name) is { } known)
        {
            return known;
        }

        var route = new ModelRoute(name, (kind == MediaKind.Image ? UsualOfPictures : Usual) ?? new InputNames());
        return new HostedModel(name, name, route) { FromFirst = route, FromBoth = route, FromPictures = route };
    }

    /// <summary>With an operator's own: what these say counts.</summary>
    public HostedModels With(HostedModels own) =>
        new([.. All.Where(model => own.All.All(other => other.Name != model.Name)), .. own.All], own.Usual ?? Usual, own.UsualOfPictures ?? UsualOfPictures);
}
