using Kinora.Adapters.Providers.DataFiles;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>The module of a place that hosts many people's models. Its table of models comes with the program, as <c>KIND.models.json</c> of its folder; an operator's own file adds to it.</summary>
/// <param name="isName">Whether a text can be a model's name there.</param>
/// <param name="form">What names are like there: <c>owner/app</c>.</param>
internal abstract class HostedModule(Vendor vendor, Func<string, bool> isName, string form) : VendorModule(vendor with { Settings = [.. vendor.Settings, ModelsFile] })
{
    /// <summary>A table of the operator's own, in the form of the one that comes with the program.</summary>
    private const string ModelsFile = "ModelsFile";

    private readonly DataFile<HostedModels> _files = new((file, _) => HostedModelReader.Read(file, isName, form));

    public override IReadOnlyList<string> Check(ProviderSettings settings)
    {
        var faults = new List<string>(base.Check(settings));
        faults.AddRange(settings.Models.Where(model => !isName(model)).Select(model => $"Providers:{settings.Name}:Models: \"{model}\" is no name of a model there; they read {form}."));
        Own(settings.Name, settings.Extra, afresh: true, faults);
        return faults;
    }

    protected sealed override IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, IServiceProvider services)
    {
        var known = _files.BuiltIn($"models/{Kind}.models.json");
        return Make(site, traits, clock, Own(site.Name, site.Extra, afresh: false, []) is { } own ? known.With(own) : known);
    }

    /// <summary>Makes the provider. Must not do any I/O.</summary>
    protected abstract IMediaProvider Make(TaskSite site, ProviderTraits traits, TimeProvider clock, HostedModels models);

    private HostedModels? Own(string name, IReadOnlyDictionary<string, string> extra, bool afresh, ICollection<string> faults) =>
        extra.TryGetValue(ModelsFile, out var path) ? _files.Own(path, $"Providers:{name}:{ModelsFile}", afresh, faults) : null;
}
