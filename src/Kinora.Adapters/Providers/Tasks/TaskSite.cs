using System.Globalization;
using Kinora.Adapters.Providers.Http;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>One configured place of a vendor.</summary>
/// <param name="Name">First part of its model ids.</param>
internal sealed record TaskSite(string Name, Endpoint Endpoint, TimeSpan Timeout, IReadOnlyList<string> Models, IReadOnlyDictionary<string, string> Extra)
{
    private const string TimeoutSeconds = "TimeoutSeconds";

    /// <summary>How long a look at a job, or the head of a download, may take, in seconds. Creates have <c>SubmitTimeoutSeconds</c>.</summary>
    private const double DefaultTimeout = 60;

    /// <summary>Reads settings that <see cref="Faults"/> found none in.</summary>
    public static TaskSite Read(ProviderSettings settings, Vendor vendor) => new(
        settings.Name,
        new Endpoint(settings.BaseUrl ?? new Uri(vendor.BaseUrl), settings.ApiKey) { KeyHeader = vendor.KeyHeader, KeyPrefix = vendor.KeyPrefix, Headers = vendor.Headers },
        TimeSpan.FromSeconds(settings.Extra.TryGetValue(TimeoutSeconds, out var text) && Seconds(text) is { } seconds ? seconds : DefaultTimeout),
        settings.Models,
        settings.Extra);

    /// <summary>All that is wrong with the settings, each line naming its setting.</summary>
    public static IEnumerable<string> Faults(ProviderSettings settings, Vendor vendor)
    {
        var prefix = $"Providers:{settings.Name}:";
        if (vendor.NeedsKey && string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return $"{prefix}ApiKey is missing. Set it, or the environment variable {string.Join(" or ", vendor.KeyNames)}{(vendor.KeyPage is { } page ? $"; keys are made at {page}" : "")}.";
        }

        if (settings.Extra.TryGetValue(TimeoutSeconds, out var text) && Seconds(text) is null)
        {
            yield return $"{prefix}{TimeoutSeconds} is a number from 1 to 600.";
        }

        string[] known = [.. vendor.Settings, TimeoutSeconds];
        foreach (var unknown in settings.Extra.Keys.Except(known, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"{prefix}{unknown} is not a setting of this kind; it has {string.Join(", ", known)}.";
        }
    }

    private static double? Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 600 ? seconds : null;
}
