using System.Reflection;
using Kinora.Adapters.Providers.DataFiles;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>The profiles that come with the program, and those of the operator.</summary>
internal static class RelayProfiles
{
    private const string Prefix = "relay/";
    private const string Suffix = ".json";

    private static readonly DataFile<RelayProfile> _files = new(ProfileReader.Read);

    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The profile that settings name; null with faults that name the setting, and the field of the file.</summary>
    /// <param name="usual">The profile where none is named; null: one must be.</param>
    /// <param name="afresh">Reads an operator's file again.</param>
    public static RelayProfile? Of(ProviderSettings settings, string? usual, bool afresh, ICollection<string> faults)
    {
        var prefix = $"Providers:{settings.Name}:";
        var (name, file) = (settings.Extra.GetValueOrDefault("Profile"), settings.Extra.GetValueOrDefault("ProfileFile"));
        if (name is not null && file is not null)
        {
            faults.Add($"{prefix}Profile and ProfileFile: set only one of them.");
            return null;
        }

        if (file is not null)
        {
            return _files.Own(file, $"{prefix}ProfileFile", afresh, faults);
        }

        name ??= usual;
        if (name is null || !BuiltIn.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            faults.Add($"{prefix}Profile {(name is null ? "is missing" : "names no profile")}: one of {string.Join(", ", BuiltIn)}, or set ProfileFile.");
            return null;
        }

        return _files.BuiltIn(Prefix + name.ToLowerInvariant() + Suffix);
    }
}
