using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.Listed;

/// <summary>One of a vendor's lists of models.</summary>
/// <param name="Path">Below the vendor's address.</param>
/// <param name="Read">Its models, of the answer and the day it was given; null when the answer is no such list.</param>
internal sealed record VendorList(string Path, Func<JsonElement, DateOnly, IEnumerable<ListedModel>?> Read);

/// <summary>
/// The models as a vendor itself lists them: asked for in the background when first wanted and every day; kept in a file, so that a restart without network still knows
/// them. A list that fails does not take the others with it: what it said last goes on to count.
/// </summary>
internal sealed class VendorLists
{
    private const int LongestList = 16 * 1024 * 1024;
    private const int MostModels = 1_000;
    private static readonly TimeSpan _freshFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan _againAfterFault = TimeSpan.FromMinutes(10);

    private readonly ApiClient _api;
    private readonly IReadOnlyList<VendorList> _lists;
    private readonly TimeProvider _clock;
    private readonly KeptFile<Dictionary<string, KeptList?>> _file;
    private readonly LearnedList<ListedModel> _models;
    private Dictionary<string, KeptList?> _kept = [];

    /// <param name="file">Null: nothing is kept.</param>
    public VendorLists(ApiClient api, IReadOnlyList<VendorList> lists, string? file, TimeProvider clock)
    {
        (_api, _lists, _clock) = (api, lists, clock);
        _file = new KeptFile<Dictionary<string, KeptList?>>(file, KeptListJson.Default.DictionaryStringKeptList);
        _models = new LearnedList<ListedModel>(Remembered, AskAsync, clock);
    }

    /// <summary>What is known now; nobody is asked.</summary>
    public IReadOnlyList<ListedModel> Known => _models.Known;

    /// <summary>Waits a moment for the first answer, never for a later one.</summary>
    public Task<IReadOnlyList<ListedModel>> LearnedAsync(CancellationToken cancel) => _models.LearnedAsync(cancel);

    private IReadOnlyList<ListedModel> Remembered()
    {
        _kept = _file.Read() ?? [];
        return Models(_kept);
    }

    private async Task<(IReadOnlyList<ListedModel> Known, TimeSpan Again)> AskAsync(IReadOnlyList<ListedModel> known)
    {
        var (kept, read) = (new Dictionary<string, KeptList?>(_kept), 0);
        foreach (var list in _lists)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _api.Endpoint.At(list.Path));
            var (reply, _) = await _api.AskAsync(request, CancellationToken.None, LongestList);
            var answer = new KeptList(_clock.GetUtcNow(), reply is { IsSuccess: true } ? reply.ReadLoose() : default);
            if (Read(list, answer) is not null)
            {
                kept[list.Path] = answer;
                read++;
            }
        }

        if (read > 0)
        {
            _kept = kept;
            known = Models(kept);
            _file.Write(kept);
        }

        return (known, read == _lists.Count ? _freshFor : known.Count == 0 ? LearnedList<ListedModel>.AgainAfterNothing : _againAfterFault);
    }

    private IReadOnlyList<ListedModel> Models(Dictionary<string, KeptList?> kept) =>
        [.. _lists.SelectMany(list => Read(list, kept.GetValueOrDefault(list.Path)) ?? []).DistinctBy(model => model.Info.Id).Take(MostModels)];

    private static IEnumerable<ListedModel>? Read(VendorList list, KeptList? said) => said is null ? null : list.Read(said.Answer, DateOnly.FromDateTime(said.ReadAt.UtcDateTime));
}

/// <summary>What a list said last, as it lies in the data folder.</summary>
internal sealed record KeptList(DateTimeOffset ReadAt, JsonElement Answer);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Dictionary<string, KeptList>))]
internal sealed partial class KeptListJson : JsonSerializerContext;
