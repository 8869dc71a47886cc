using System.Text.Json.Serialization.Metadata;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>The models as OpenRouter itself lists them, asked for every day; kept in a file so that a restart without network still knows them.</summary>
internal sealed class OpenRouterCatalogue
{
    private const int LongestList = 16 * 1024 * 1024;
    private static readonly TimeSpan _freshFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan _againAfterFault = TimeSpan.FromMinutes(10);

    private readonly ApiClient _api;
    private readonly string _provider;
    private readonly TimeProvider _clock;
    private readonly KeptFile<KeptCatalogue> _file;
    private readonly LearnedList<OpenRouterModel> _models;
    private KeptCatalogue? _kept;

    /// <param name="file">Null: nothing is kept.</param>
    public OpenRouterCatalogue(ApiClient api, string provider, string? file, TimeProvider clock)
    {
        (_api, _provider, _clock) = (api, provider, clock);
        _file = new KeptFile<KeptCatalogue>(file, OpenRouterJson.Default.KeptCatalogue);
        _models = new LearnedList<OpenRouterModel>(() => Models(_file.Read()), AskAsync, clock);
    }

    /// <summary>What is known now; nobody is asked.</summary>
    public IReadOnlyList<OpenRouterModel> Known => _models.Known;

    /// <summary>Waits a moment for the first answer, never for a later one.</summary>
    public Task<IReadOnlyList<OpenRouterModel>> LearnedAsync(CancellationToken cancel) => _models.LearnedAsync(cancel);

    /// <summary>Either list may fail without the other.</summary>
    private async Task<(IReadOnlyList<OpenRouterModel> Known, TimeSpan Again)> AskAsync(IReadOnlyList<OpenRouterModel> known)
    {
        var videos = (await AskAsync("/videos/models", OpenRouterJson.Default.WireVideoModels))?.Data;
        var images = (await AskAsync("/images/models", OpenRouterJson.Default.WireImageModels))?.Data;
        if (videos is not null || images is not null)
        {
            var fresh = new KeptCatalogue(_clock.GetUtcNow(), videos ?? _kept?.Videos ?? [], images ?? _kept?.Images ?? []);
            known = Models(fresh);
            _file.Write(fresh);
        }

        return (known, videos is not null && images is not null ? _freshFor : known.Count == 0 ? LearnedList<OpenRouterModel>.AgainAfterNothing : _againAfterFault);
    }

    private async Task<T?> AskAsync<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _api.Endpoint.At(path));
        var (reply, _) = await _api.AskAsync(request, CancellationToken.None, LongestList);
        return reply is { IsSuccess: true } ? reply.Read(type) : null;
    }

    private IReadOnlyList<OpenRouterModel> Models(KeptCatalogue? kept)
    {
        if (kept is not { Videos: not null, Images: not null })
        {
            return [];
        }

        _kept = kept;
        return OpenRouterModels.Of(_provider, kept);
    }
}
