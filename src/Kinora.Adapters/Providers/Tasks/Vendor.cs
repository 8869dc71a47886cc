using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>What does not change about one vendor's API: where it is, how its key is carried, how often it may be asked.</summary>
/// <param name="Kind">The adapter's id, and the name of the provider that its key alone switches on.</param>
/// <param name="BaseUrl">The vendor's own address; an operator may set another.</param>
internal sealed record Vendor(string Kind, string BaseUrl)
{
    /// <summary>Environment variables that hold the key, the first that is set counts.</summary>
    public IReadOnlyList<string> KeyNames { get; init; } = [];

    /// <summary>Environment variables of the vendor's own tools for another address.</summary>
    public IReadOnlyList<string> BaseUrlNames { get; init; } = [];

    /// <summary>Where a key is to be had.</summary>
    public string? KeyPage { get; init; }

    public string KeyHeader { get; init; } = "Authorization";

    public string KeyPrefix { get; init; } = "Bearer ";

    /// <summary>False where servers of one's own take none.</summary>
    public bool NeedsKey { get; init; } = true;

    /// <summary>Headers that every request to the API carries.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ProviderTraits Traits { get; init; } = new();

    /// <summary>Settings of this kind beside the common ones and <c>TimeoutSeconds</c>; their values are checked by its module.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
