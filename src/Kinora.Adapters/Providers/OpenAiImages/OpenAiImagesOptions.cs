using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>The settings of this kind beside the common ones.</summary>
internal sealed record OpenAiImagesOptions
{
    /// <summary>The header that carries the key: <c>Authorization</c> has it as a bearer token, any other (<c>api-key</c> at Azure) has it bare.</summary>
    public string AuthHeader { get; init; } = "Authorization";

    /// <summary>The chat model that holds conversations about pictures, by the Responses API; the image model is its tool.</summary>
    public string MainlineModel { get; init; } = "gpt-5.6-sol";

    /// <summary>How long a look at a job, or the head of a download, may take, in seconds. Creates have <c>SubmitTimeoutSeconds</c>, 600 by default.</summary>
    [Range(1, 600)]
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>Reads settings that <see cref="Faults"/> found none in.</summary>
    public static OpenAiImagesOptions Read(IReadOnlyDictionary<string, string> extra)
    {
        var options = new OpenAiImagesOptions();
        return new OpenAiImagesOptions
        {
            AuthHeader = extra.GetValueOrDefault(nameof(AuthHeader), options.AuthHeader).Trim(),
            MainlineModel = extra.GetValueOrDefault(nameof(MainlineModel), options.MainlineModel).Trim(),
            TimeoutSeconds = extra.TryGetValue(nameof(TimeoutSeconds), out var text) && Seconds(text) is { } seconds ? seconds : options.TimeoutSeconds,
        };
    }

    /// <summary>All that is wrong with the settings, each line naming its setting.</summary>
    public static IEnumerable<string> Faults(string prefix, IReadOnlyDictionary<string, string> extra)
    {
        if (extra.TryGetValue(nameof(AuthHeader), out var header) && (header.Trim().Length == 0 || header.Trim().Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-')))
        {
            yield return $"{prefix}AuthHeader is the name of a header, such as Authorization or api-key.";
        }

        if (extra.TryGetValue(nameof(MainlineModel), out var model) && model.Trim().Length == 0)
        {
            yield return $"{prefix}MainlineModel is the name of a chat model; leave it out for the default.";
        }

        if (extra.TryGetValue(nameof(TimeoutSeconds), out var text) && Seconds(text) is null)
        {
            yield return $"{prefix}TimeoutSeconds is a number from 1 to 600.";
        }

        foreach (var unknown in extra.Keys.Except([nameof(AuthHeader), nameof(MainlineModel), nameof(TimeoutSeconds)], StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{prefix}{unknown} is not a setting of this kind; it has AuthHeader, MainlineModel and TimeoutSeconds.";
        }
    }

    private static double? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 600 ? seconds : null;
}
