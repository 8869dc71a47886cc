using Kinora.Server.Web;

namespace Kinora.Server.Security;

/// <summary>
/// Whether a request comes from a page of this server. A browser sends the cookie along for every page of the same site, and that is any port of a host and
/// any host of a domain: only the origin itself tells ours from theirs.
/// </summary>
internal sealed class OwnPages(ServerOptions options)
{
    private readonly string[] _named = ServerOptions.Parts(options.AllowedOrigins);

    /// <summary>The origin is the very host and port that was asked for, or one that the operator names: a proxy may ask under another name than the page has.</summary>
    public bool Sent(HttpRequest request)
    {
        if (request.Headers.Origin is not [{ } origin])
        {
            return false;
        }

        var authority = origin.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme ? origin[(scheme + 3)..] : "";
        return string.Equals(authority, request.Headers.Host.ToString(), StringComparison.OrdinalIgnoreCase)
            || _named.Any(named => string.Equals(named.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase));
    }
}
