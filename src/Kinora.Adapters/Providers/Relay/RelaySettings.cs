using System.Globalization;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>What an operator has set of the settings that a profile adds.</summary>
internal sealed class RelaySettings(RelayProfile profile, IReadOnlyDictionary<string, string> given)
{
    public static IReadOnlyList<string> Types { get; } = ["flag", "text", "link", "span"];

    /// <summary>As set, else as the profile has it; null for neither.</summary>
    public string? this[string name] => given.GetValueOrDefault(name) ?? profile.Settings[name].Default;

    public bool IsFlag(string name) => profile.Settings[name].Type == "flag";

    public bool IsOn(string? name) => name is not null && bool.TryParse(this[name], out var on) && on;

    public static IEnumerable<string> Faults(ProviderSettings settings, RelayProfile profile)
    {
        var own = new RelaySettings(profile, settings.Extra);
        foreach (var (name, rule) in profile.Settings)
        {
            if (settings.Extra.TryGetValue(name, out var text) && Allowed(rule.Type, text) is { } allowed)
            {
                yield return $"Providers:{settings.Name}:{name} must be {allowed}.";
            }

            if (rule.With is { } other && own[name] is not null && profile.Settings.ContainsKey(other) && own[other] is null)
            {
                yield return $"Providers:{settings.Name}:{name} is set without {other}: set both or none.";
            }
        }
    }

    /// <summary>What is allowed, where a text is not.</summary>
    private static string? Allowed(string type, string text) => type switch
    {
        "flag" => bool.TryParse(text, out _) ? null : "true or false",
        "link" => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? null : "an http or https address",
        "span" => IsSpan(text) ? null : "\"start,end\" in seconds, 1 to 3 seconds apart",
        _ => text.Length is > 0 and <= 2_000 ? null : "a text",
    };

    private static bool IsSpan(string text) =>
        text.Split(',') is [var from, var to]
        && decimal.TryParse(from, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var start)
        && decimal.TryParse(to, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var end)
        && end - start is >= 1 and <= 3;
}
