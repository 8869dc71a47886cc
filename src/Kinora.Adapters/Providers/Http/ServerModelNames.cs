using System.Text.Json;

namespace Kinora.Adapters.Providers.Http;

/// <summary>The names a server's own <c>/models</c> gives.</summary>
internal sealed class ServerModelNames
{
    private const int MaxModels = 500;
    private static readonly TimeSpan _freshFor = TimeSpan.FromMinutes(10);

    private readonly ApiClient _api;
    private readonly LearnedList<string> _names;

    public ServerModelNames(ApiClient api, TimeProvider clock) => (_api, _names) = (api, new LearnedList<string>(() => [], AskAsync, clock));

    /// <summary>Those it last said; empty when it has said none so far. Never waits for long.</summary>
    public Task<IReadOnlyList<string>> LearnedAsync(CancellationToken cancel) => _names.LearnedAsync(cancel);

    /// <summary>
    /// Those that hold one of the words, whatever their case; all of them when none does. Proxies list their chat models too; what is left out still works by name.
    /// </summary>
    public static IReadOnlyList<string> Fitting(IReadOnlyList<string> names, IReadOnlyList<string> words)
    {
        var fitting = names.Where(name => words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))).ToArray();
        return fitting.Length > 0 ? fitting : names;
    }

    private async Task<(IReadOnlyList<string> Known, TimeSpan Again)> AskAsync(IReadOnlyList<string> known)
    {
        var (reply, _) = await _api.AskAsync(new HttpRequestMessage(HttpMethod.Get, _api.Endpoint.At("/models")), CancellationToken.None);
        var said = reply is { IsSuccess: true } ? Read(reply.ReadLoose()) ?? known : known;
        return (said, said.Count == 0 ? LearnedList<string>.AgainAfterNothing : _freshFor);
    }

    private static string[]? Read(JsonElement root) => root.At("data") is not { ValueKind: JsonValueKind.Array } data ? null :
    [
        .. data.Items()
            .Select(item => item.At("id").Text() ?? "")
            .Where(id => id.Length is > 0 and <= 200 && !id.Any(char.IsControl))
            .Distinct(StringComparer.Ordinal)
            .Take(MaxModels),
    ];
}
