using System.Text.Json;
using Kinora.Catalog;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>What holds for the settings that a profile adds: of one request, else of the operator, else of the profile.</summary>
/// <param name="given">The operator's, by name.</param>
/// <param name="options">A request's, by their names in snake_case; null: none.</param>
internal sealed class RelaySettings(RelayProfile profile, IReadOnlyDictionary<string, string> given, IReadOnlyDictionary<string, string>? options = null)
{
    /// <summary>Null where nobody says anything.</summary>
    public string? this[string name] => options?.GetValueOrDefault(OptionOf(name)) ?? given.GetValueOrDefault(name) ?? profile.Settings[name].Default;

    public bool IsFlag(string name) => profile.Settings[name].Type == "flag";

    public bool IsOn(string? name) => name is not null && bool.TryParse(this[name], out var on) && on;

    /// <summary>The settings as options of requests.</summary>
    public static IReadOnlyList<ModelOption> Options(RelayProfile profile) =>
        [.. profile.Settings.Select(setting => new ModelOption(OptionOf(setting.Key), setting.Value.Type, setting.Value.With is { } other ? OptionOf(other) : null))];

    public static IEnumerable<string> Faults(ProviderSettings settings, RelayProfile profile)
    {
        var own = new RelaySettings(profile, settings.Extra);
        foreach (var (name, rule) in profile.Settings)
        {
            if (settings.Extra.TryGetValue(name, out var text) && ModelOption.Fault(rule.Type, text) is { } allowed)
            {
                yield return $"Providers:{settings.Name}:{name} must be {allowed}.";
            }

            if (rule.With is { } other && own[name] is not null && profile.Settings.ContainsKey(other) && own[other] is null)
            {
                yield return $"Providers:{settings.Name}:{name} is set without {other}: set both or none.";
            }
        }
    }

    private static string OptionOf(string setting) => JsonNamingPolicy.SnakeCaseLower.ConvertName(setting);
}
