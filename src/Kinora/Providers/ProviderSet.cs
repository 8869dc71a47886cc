using System.Diagnostics.CodeAnalysis;

namespace Kinora.Providers;

/// <summary>The configured providers, by name.</summary>
public sealed class ProviderSet
{
    private readonly Dictionary<string, IMediaProvider> _byName;

    public ProviderSet(IEnumerable<IMediaProvider> providers)
    {
        All = providers.ToList();
        _byName = All.ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>In the order of configuration, the built-in one last.</summary>
    public IReadOnlyList<IMediaProvider> All { get; }

    public bool TryGet(string name, [NotNullWhen(true)] out IMediaProvider? provider) => _byName.TryGetValue(name, out provider);
}
