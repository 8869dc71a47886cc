using Kinora.Adapters.Providers.Http;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>One configured place with the Images API, and what is spoken there.</summary>
internal sealed record OpenAiImagesSite
{
    private const string Vendor = "https://api.openai.com/v1";

    // "openai" is the default; "images" is the Images API alone.
    private static readonly string[] _dialects = ["openai", "images"];

    public required string Name { get; init; }

    public required Endpoint Endpoint { get; init; }

    /// <summary>It has the Responses API too, and so conversations; and its model names mean OpenAI's models.</summary>
    public required bool Responses { get; init; }

    public required string MainlineModel { get; init; }

    /// <summary>Model names to offer; empty: those known here, or else those the server lists.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>How long a look may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>True when any other name is passed through: the server is not the vendor's own.</summary>
    public bool IsForeign => !new Endpoint(new Uri(Vendor), null).IsHome(Endpoint.BaseUrl);

    /// <summary>Reads settings that <see cref="Faults"/> found none in.</summary>
    public static OpenAiImagesSite Read(ProviderSettings settings)
    {
        var options = OpenAiImagesOptions.Read(settings.Extra);
        var bearer = options.AuthHeader.Equals("Authorization", StringComparison.OrdinalIgnoreCase);
        return new OpenAiImagesSite
        {
            Name = settings.Name,
            Endpoint = new Endpoint(settings.BaseUrl ?? new Uri(Vendor), string.IsNullOrWhiteSpace(settings.ApiKey) ? null : settings.ApiKey.Trim())
            {
                KeyHeader = options.AuthHeader,
                KeyPrefix = bearer ? "Bearer " : "",
            },
            Responses = IsOpenAi(settings.Dialect),
            MainlineModel = options.MainlineModel,
            Models = settings.Models,
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
        };
    }

    /// <summary>All that is wrong with the settings, each line naming its setting.</summary>
    public static IEnumerable<string> Faults(ProviderSettings settings)
    {
        var prefix = $"Providers:{settings.Name}:";
        if (settings.Dialect is { } dialect && !_dialects.Contains(dialect, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{prefix}Dialect is \"{dialect}\"; allowed: {string.Join(", ", _dialects)}.";
        }
        else if (string.IsNullOrWhiteSpace(settings.ApiKey) && (IsOpenAi(settings.Dialect) || settings.BaseUrl is null))
        {
            yield return $"{prefix}ApiKey is needed; for OpenAI's own address the environment variable OPENAI_API_KEY will do. A server of your own without a key has the dialect images and a BaseUrl.";
        }

        if (settings.ApiKey is { } key && key.Trim().Any(letter => letter is < '!' or > '~'))
        {
            yield return $"{prefix}ApiKey holds blanks or letters that no HTTP header can carry.";
        }

        foreach (var fault in OpenAiImagesOptions.Faults(prefix, settings.Extra))
        {
            yield return fault;
        }
    }

    private static bool IsOpenAi(string? dialect) => dialect is null || dialect.Equals(_dialects[0], StringComparison.OrdinalIgnoreCase);
}
