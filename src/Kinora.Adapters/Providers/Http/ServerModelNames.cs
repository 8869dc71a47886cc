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
        var said = reply is { IsSuccess: true, IsJson: true } ? Read(reply.Body) ?? known : known;
        return (said, said.Count == 0 ? LearnedList<string>.AgainAfterNothing : _freshFor);
    }

    private static string[]? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
                ?
                [
                    .. data.EnumerateArray()
                        .Select(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()! : "")
                        .Where(id => id.Length is > 0 and <= 200 && !id.Any(char.IsControl))
                        .Distinct(StringComparer.Ordinal)
                        .Take(MaxModels),
                ]
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
