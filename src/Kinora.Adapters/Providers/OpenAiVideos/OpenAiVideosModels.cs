using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>
/// The models of one server: those configured, else those its own <c>/models</c> names. The server is asked in the background and what it said is
/// remembered; any other name is passed through, for a wrong one costs nothing there.
/// </summary>
internal sealed class OpenAiVideosModels(OpenAiVideosOptions options, ApiClient api, TimeProvider clock)
{
    private const int MaxModels = 500;
    private static readonly TimeSpan _freshFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _againAfterNothing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1.5);
    private static readonly DateOnly _read = new(2026, 11, 21);

    // Proxies list their chat models too. When any name has such a word, only those are offered; all others still work by name.
    private static readonly string[] _videoWords =
    [
        "animatic", "cogvideo", "hailuo", "hunyuan", "kling", "ltx", "luma", "mochi", "pika", "pixverse", "ray-", "runway", "seedance", "sora", "veo", "vidu", "video", "wan",
    ];

    private readonly Lock _gate = new();
    private Task _asked = Task.CompletedTask;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private string[] _learned = [];

    public async ValueTask<IReadOnlyList<ModelInfo>> ListAsync(CancellationToken cancel)
    {
        var names = options.Models.Count > 0 ? options.Models : await LearnedAsync(cancel);
        return [.. names.Select(Info)];
    }

    public ModelInfo? Describe(string name) =>
        name.Length > 0 && (options.Models.Count == 0 || options.Models.Contains(name, StringComparer.Ordinal)) ? Info(name) : null;

    private ModelInfo Info(string name) => new()
    {
        Id = $"{options.Name}/{name}",
        Title = $"{name} at {options.Name}",
        Durations = options.Dialect.Durations,
        Sizes = options.Dialect.Sizes,
        FirstFrame = true,
        NegativePrompt = options.Dialect.Tuning,
        Seed = options.Dialect.Tuning,
        Audio = options.Dialect.SoundField is null ? AudioRule.Unknown : AudioRule.Switch,
        Remix = options.Dialect.Remix,
        Edit = options.Dialect.Edits,
        Extend = options.Dialect.Edits,
        Cancel = options.Dialect.Delete == DeleteRule.Stops,
        Source = $"openai-videos, dialect {options.Dialect.Name} (NOTES.md)",
        SourceDate = _read,
    };

    // Waits a moment for the first answer, never for a later one, and all callers together no longer than that.
    private async Task<string[]> LearnedAsync(CancellationToken cancel)
    {
        var (asked, at) = AskOnce();
        var left = at + _patience - clock.GetUtcNow();
        if (_learned.Length == 0 && left > TimeSpan.Zero)
        {
            await Task.WhenAny(asked, Task.Delay(left, clock, cancel));
        }

        return _learned;
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

    // The last good answer stays when the server is away.
    private async Task AskAsync()
    {
        var (reply, _) = await api.AskAsync(new HttpRequestMessage(HttpMethod.Get, api.Endpoint.At("/models")), CancellationToken.None);
        if (reply is { IsSuccess: true } && reply.Read(OpenAiVideosJson.Default.WireVideo) is { Data.ValueKind: JsonValueKind.Array } list)
        {
            string[] names =
            [
                .. list.Data.EnumerateArray()
                    .Select(item => VideoReading.Inner(item, "id"))
                    .Where(id => id.ValueKind == JsonValueKind.String)
                    .Select(id => id.GetString()!)
                    .Where(id => id.Length is > 0 and <= 200 && !id.Any(char.IsControl))
                    .Distinct(StringComparer.Ordinal)
                    .Take(MaxModels),
            ];
            var videos = names.Where(name => _videoWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))).ToArray();
            _learned = videos.Length > 0 ? videos : names;
        }
    }
}
