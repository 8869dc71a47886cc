namespace Kinora.References;

/// <summary>
/// Fetches what a caller's address names. Private, loopback, link-local and special addresses are refused when the connection is made, on every redirect;
/// no credential of ours is ever sent. Every refusal reads the same, an unknown name like a private one, so that nothing is learned about the network.
/// </summary>
public interface IUrlFetcher
{
    /// <summary>Writes the body to a new local file and returns its length in bytes. After a fault an unfinished file may be there.</summary>
    /// <param name="maxBytes">More than so many are not read.</param>
    /// <exception cref="Errors.KinoraException">
    /// <c>url_refused</c>: not http(s), no known public host, or a port that is not allowed. <c>url_failed</c>: no answer in time, an error
    /// status, too many redirects. <c>image_too_large</c>: over the limit. <c>storage_full</c>.
    /// </exception>
    Task<long> FetchAsync(string url, string outputPath, long maxBytes, CancellationToken cancel);
}
