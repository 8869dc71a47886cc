using System.Text.Json;

namespace Kinora.Adapters.Providers.Http;

/// <summary>
/// The names a server's own <c>/models</c> gives. It is asked in the background, and what it last said is remembered: the last good answer stays
/// when the server is away.
/// </summary>
internal sealed class ServerModelNames(ApiClient api, TimeProvider clock)
{
    private const int MaxModels = 500;
    private static readonly TimeSpan _freshFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _againAfterNothing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1.5);

    private readonly Lock _gate = new();
    private Task _asked = Task.CompletedTask;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private string[] _learned = [];

    /// <summary>Waits a moment for the first answer, never for a later one, and all callers together no longer than that.</summary>
    public async Task<IReadOnlyList<string>> LearnedAsync(CancellationToken cancel)
    {
        var (asked, at) = AskOnce();
        var left = at + _patience - clock.GetUtcNow();
        if (_learned.Length == 0 && left > TimeSpan.Zero)
        {
            await Task.WhenAny(asked, Task.Delay(left, clock, cancel));
        }

        return _learned;
    }

    /// <summary>
    /// Those that hold one of the words, whatever their case; all of them when none does. Proxies list their chat models too; what is left out still works by name.
    /// </summary>
    public static IReadOnlyList<string> Fitting(IReadOnlyList<string> names, IReadOnlyList<string> words)
    {
        var fitting = names.Where(name => words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))).ToArray();
        return fitting.Length > 0 ? fitting : names;
    }

    private (Task Asked, DateTimeOffset At) AskOnce()
    {
        lock (_gate)
        {
            if (_asked.IsCompleted && clock.GetUtcNow() - _askedAt > (_learned.Length == 0 ? _againAfterNothing : _freshFor))
            {
                _askedAt = clock.GetUtcNow();
                _asked = Task.Run(AskAsync);
            }

            return (_asked, _askedAt);
        }
    }

    private async Task AskAsync()
    {
        var (reply, _) = await api.AskAsync(new HttpRequestMessage(HttpMethod.Get, api.Endpoint.At("/models")), CancellationToken.None);
        if (reply is { IsSuccess: true, IsJson: true } && Read(reply.Body) is { } names)
        {
            _learned = names;
        }
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
