using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kinora.Adapters.Providers.Http;

namespace Kinora.Adapters.Providers.OpenRouter;

/// <summary>
/// The models as OpenRouter itself lists them: asked in the background when first wanted and every day after, kept in a file so that a restart without network
/// still knows them. What was last learned stays as long as nothing newer is.
/// </summary>
/// <param name="file">Null: nothing is kept.</param>
internal sealed class OpenRouterCatalogue(ApiClient api, string provider, string? file, TimeProvider clock)
{
    private const int LongestList = 16 * 1024 * 1024;
    private static readonly TimeSpan _freshFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan _againAfterNothing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _againAfterFault = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1.5);

    private readonly Lock _gate = new();
    private Task _asked = Task.CompletedTask;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _due = DateTimeOffset.MinValue;
    private KeptCatalogue? _kept;
    private IReadOnlyList<OpenRouterModel>? _known;

    /// <summary>What is known now; nobody is asked.</summary>
    public IReadOnlyList<OpenRouterModel> Known
    {
        get
        {
            lock (_gate)
            {
                return _known ??= Learn(ReadFile());
            }
        }
    }

    /// <summary>Waits a moment for the first answer, never for a later one, and all callers together no longer than that.</summary>
    public async Task<IReadOnlyList<OpenRouterModel>> LearnedAsync(CancellationToken cancel)
    {
        var (asked, at) = AskOnce();
        var left = at + _patience - clock.GetUtcNow();
        if (Known.Count == 0 && left > TimeSpan.Zero)
        {
            await Task.WhenAny(asked, Task.Delay(left, clock, cancel));
        }

        return Known;
    }

    private (Task Asked, DateTimeOffset At) AskOnce()
    {
        lock (_gate)
        {
            if (_asked.IsCompleted && clock.GetUtcNow() >= _due)
            {
                _askedAt = clock.GetUtcNow();
                _asked = Task.Run(AskAsync);
            }

            return (_asked, _askedAt);
        }
    }

    /// <summary>Either list may fail without the other.</summary>
    private async Task AskAsync()
    {
        var videos = (await AskAsync("/videos/models", OpenRouterJson.Default.WireVideoModels))?.Data;
        var images = (await AskAsync("/images/models", OpenRouterJson.Default.WireImageModels))?.Data;
        KeptCatalogue? fresh = null;
        lock (_gate)
        {
            _known ??= Learn(ReadFile());
            if (videos is not null || images is not null)
            {
                fresh = new KeptCatalogue(clock.GetUtcNow(), videos ?? _kept?.Videos ?? [], images ?? _kept?.Images ?? []);
                _known = Learn(fresh);
            }

            _due = clock.GetUtcNow() + (videos is not null && images is not null ? _freshFor : _known.Count == 0 ? _againAfterNothing : _againAfterFault);
        }

        if (fresh is not null)
        {
            WriteFile(fresh);
        }
    }

    private async Task<T?> AskAsync<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, api.Endpoint.At(path));
        var (reply, _) = await api.AskAsync(request, CancellationToken.None, LongestList);
        return reply is { IsSuccess: true } ? reply.Read(type) : null;
    }

    private IReadOnlyList<OpenRouterModel> Learn(KeptCatalogue? kept)
    {
        _kept = kept ?? _kept;
        return kept is null ? [] : OpenRouterModels.Of(provider, kept);
    }

    private KeptCatalogue? ReadFile()
    {
        try
        {
            return file is null || !File.Exists(file) ? null : JsonSerializer.Deserialize(File.ReadAllBytes(file), OpenRouterJson.Default.KeptCatalogue) is { Videos: not null, Images: not null } kept ? kept : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    // Beside its name first: a restart must not find half a file. Without the file only the next start is poorer.
    private void WriteFile(KeptCatalogue fresh)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            var part = $"{file}.{Guid.NewGuid():N}.part";
            File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(fresh, OpenRouterJson.Default.KeptCatalogue));
            File.Move(part, file, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
