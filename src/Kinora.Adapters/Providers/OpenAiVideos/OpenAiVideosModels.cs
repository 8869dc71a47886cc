using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>
/// The models of one server: those configured, else those its own <c>/models</c> names; any other name is passed through, for a wrong one costs nothing there.
/// </summary>
internal sealed class OpenAiVideosModels(OpenAiVideosOptions options, ApiClient api, TimeProvider clock)
{
    private static readonly DateOnly _read = new(2026, 11, 21);

    private static readonly string[] _videoWords =
    [
        "animatic", "cogvideo", "hailuo", "hunyuan", "kling", "ltx", "luma", "mochi", "pika", "pixverse", "ray-", "runway", "seedance", "sora", "veo", "vidu", "video", "wan",
    ];

    private readonly ServerModelNames _server = new(api, clock);

    public async ValueTask<IReadOnlyList<ModelInfo>> ListAsync(CancellationToken cancel)
    {
        var names = options.Models.Count > 0 ? options.Models : ServerModelNames.Fitting(await _server.LearnedAsync(cancel), _videoWords);
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
        TakesVideo = options.Dialect.Uploads,
        Cancel = options.Dialect.Delete == DeleteRule.Stops,
        Source = $"openai-videos, dialect {options.Dialect.Name} (NOTES.md)",
        SourceDate = _read,
    };
}
