using Kinora.Adapters.Fetch;

namespace Kinora.Adapters.Providers.Http;

/// <summary>Where a provider's API is, and the key it takes. The key goes to exactly this scheme, host and port and nowhere else.</summary>
/// <param name="BaseUrl">The address all paths are appended to; a query of its own (<c>?api-version=</c>) is kept.</param>
/// <param name="ApiKey">Null where the provider takes none.</param>
internal sealed record Endpoint(Uri BaseUrl, string? ApiKey)
{
    /// <summary>The header that carries the key.</summary>
    public string KeyHeader { get; init; } = "Authorization";

    /// <summary>What stands before the key in that header.</summary>
    public string KeyPrefix { get; init; } = "Bearer ";

    /// <summary>Headers that every request to the API carries beside the key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>An address below the base URL.</summary>
    /// <param name="path">Begins with a slash; its parts are escaped already; may hold a query.</param>
    public Uri At(string path)
    {
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : path[(mark + 1)..];
        var own = BaseUrl.Query.TrimStart('?');
        return new UriBuilder(BaseUrl)
        {
            Path = BaseUrl.AbsolutePath.TrimEnd('/') + (mark < 0 ? path : path[..mark]),
            Query = own.Length > 0 && query.Length > 0 ? $"{own}&{query}" : own + query,
        }.Uri;
    }

    /// <summary>True for an address at the configured scheme, host and port.</summary>
    public bool IsHome(Uri url) =>
        url.Scheme == BaseUrl.Scheme && url.Port == BaseUrl.Port && string.Equals(AsciiHost.Of(url), BaseUrl.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for an address below the base URL.</summary>
    public bool IsBelow(Uri url) => IsHome(url) && url.AbsolutePath.StartsWith(BaseUrl.AbsolutePath.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>True for the configured host and port, which may be private (a server in the same house).</summary>
    /// <param name="host">In ASCII, without brackets.</param>
    public bool IsAt(string host, int port) => port == BaseUrl.Port && string.Equals(host, BaseUrl.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts the key on a request that goes home; any other request stays without one.</summary>
    public void Authorize(HttpRequestMessage request)
    {
        foreach (var (name, value) in request.RequestUri is { } to && IsHome(to) ? Headers : [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (ApiKey is { Length: > 0 } key && request.RequestUri is { } url && IsHome(url))
        {
            request.Headers.TryAddWithoutValidation(KeyHeader, KeyPrefix + key);
        }
    }
}
