using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Configuration;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Listed;

/// <summary>A vendor of tasks who lists its own models: the catalogue is what these lists say.</summary>
internal abstract class ListedProvider : TaskProvider
{
    private readonly VendorLists _lists;

    /// <param name="file">Where the lists are kept; null: nowhere.</param>
    protected ListedProvider(TaskSite site, ProviderTraits traits, TimeProvider clock, string? file, params IReadOnlyList<VendorList> lists)
        : base(site, traits, clock)
        => _lists = new VendorLists(Api, lists, file, clock);

    protected sealed override IReadOnlyList<ModelInfo> Known => [.. _lists.Known.Select(model => model.Info)];

    public sealed override async ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancel)
    {
        await _lists.LearnedAsync(cancel);
        return await base.ListModelsAsync(cancel);
    }

    /// <summary>As long as nothing could be learned any name is passed on: a wrong one costs nothing there.</summary>
    public sealed override async ValueTask<ModelInfo?> DescribeAsync(string modelName, CancellationToken cancel) =>
        (await _lists.LearnedAsync(cancel)).Count > 0 || Site.Models.Count > 0 ? await base.DescribeAsync(modelName, cancel)
        : modelName.Length == 0 ? null
        : new ModelInfo { Id = $"{Name}/{modelName}", Title = $"{modelName} at {Name}", Kinds = [MediaKind.Video, MediaKind.Image], Audio = AudioRule.Unknown, Source = "its name; the lists could not be had" };

    /// <summary>Where a provider of that name keeps its lists; null without a data folder.</summary>
    public static string? FileOf(string name, IServiceProvider services) =>
        services.GetService(typeof(DataFolder)) is DataFolder data ? Path.Combine(data.Path, $"models-{name}.json") : null;

    /// <summary>Null for a model that is not known here.</summary>
    protected ListedModel? Find(string name) => _lists.Known.FirstOrDefault(model => model.Info.Name == name);
}
