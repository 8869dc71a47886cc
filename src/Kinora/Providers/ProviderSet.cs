using System.Diagnostics.CodeAnalysis;

namespace Kinora.Providers;

/// <summary>The configured providers, by name.</summary>
public sealed class ProviderSet
{
    private readonly Dictionary<string, IMediaProvider> _byName;
    private readonly Dictionary<string, ProviderHint> _hints;

    /// <param name="hints">Kinds of provider that are not switched on.</param>
    public ProviderSet(IEnumerable<IMediaProvider> providers, IEnumerable<ProviderHint>? hints = null)
    {
        All = providers.ToList();
        _byName = All.ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        _hints = (hints ?? []).ToDictionary(h => h.Kind, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>In the order of configuration, the built-in one last.</summary>
    public IReadOnlyList<IMediaProvider> All { get; }

    public bool TryGet(string name, [NotNullWhen(true)] out IMediaProvider? provider) => _byName.TryGetValue(name, out provider);

    /// <summary>How a provider of that name would be switched on; null when there is none, or it is on.</summary>
    public string? HowToSwitchOn(string name) => _hints.GetValueOrDefault(name)?.ToString();
}

/// <summary>A kind of provider that is not switched on.</summary>
/// <param name="KeyNames">Environment variables that would do it.</param>
/// <param name="KeyPage">Where a key is to be had.</param>
public sealed record ProviderHint(string Kind, IReadOnlyList<string> KeyNames, string? KeyPage)
{
    public override string ToString() => KeyNames.Count > 0
        ? $"{Kind} is not configured: set the environment variable {string.Join(" or ", KeyNames)}{(KeyPage is null ? "" : $" (keys are made at {KeyPage})")}, or Providers:{Kind}:ApiKey, and start again."
        : $"{Kind} is not configured: see docs/providers.md for its settings.";
}
