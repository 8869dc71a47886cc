using System.Globalization;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>The settings of one endpoint, read.</summary>
internal sealed record OpenAiVideosOptions
{
    public required string Name { get; init; }

    public required Uri BaseUrl { get; init; }

    public string? ApiKey { get; init; }

    public required Dialect Dialect { get; init; }

    /// <summary>Model names to offer; empty: ask the server.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>How long a look, a list, a delete or the head of a download may take. Setting <c>TimeoutSeconds</c>, 1 to 300.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads settings that <see cref="Faults"/> found none in.</summary>
    public static OpenAiVideosOptions Read(ProviderSettings settings)
    {
        var dialect = Dialects.All[settings.Dialect ?? Dialects.Default];
        return new OpenAiVideosOptions
        {
            Name = settings.Name,
            BaseUrl = settings.BaseUrl ?? throw new ArgumentException("BaseUrl is missing."),
            ApiKey = dialect.Key == KeyRule.None || string.IsNullOrWhiteSpace(settings.ApiKey) ? null : settings.ApiKey.Trim(),
            Dialect = dialect,
            Models = settings.Models,
            Timeout = settings.Extra.TryGetValue("TimeoutSeconds", out var text) && Seconds(text) is { } seconds ? seconds : TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>All that is wrong with the settings, each line naming its setting.</summary>
    public static IEnumerable<string> Faults(ProviderSettings settings)
    {
        var prefix = $"Providers:{settings.Name}:";
        if (settings.BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return $"{prefix}BaseUrl is needed: the http(s) address that ends before /videos, such as http://127.0.0.1:8091/v1.";
        }

        if (settings.Dialect is { } name && !Dialects.All.ContainsKey(name))
        {
            yield return $"{prefix}Dialect is \"{name}\"; allowed: {Dialects.Names}.";
        }
        else if (Dialects.All[settings.Dialect ?? Dialects.Default] is { Key: KeyRule.Required } dialect && string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return $"{prefix}ApiKey is needed for the dialect {dialect.Name}.";
        }

        if (settings.ApiKey is { } key && key.Trim().Any(letter => letter is < '!' or > '~'))
        {
            yield return $"{prefix}ApiKey holds blanks or letters that no HTTP header can carry.";
        }

        if (settings.Extra.TryGetValue("TimeoutSeconds", out var text) && Seconds(text) is null)
        {
            yield return $"{prefix}TimeoutSeconds is a number from 1 to 300.";
        }
    }

    private static TimeSpan? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 300 ? TimeSpan.FromSeconds(seconds) : null;
}
