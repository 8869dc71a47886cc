using System.Net;
using Kinora.Server.Web;

namespace Kinora.Server.Security;

/// <summary>
/// Refuses requests that come through a name or a page of somebody else: DNS rebinding sends a browser here under a foreign <c>Host</c>, a foreign page
/// sends its <c>Origin</c>. Programs send no Origin.
/// </summary>
internal sealed class HostGuard
{
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };
    private readonly HashSet<string> _origins;

    /// <param name="listening">The addresses it listens on.</param>
    public HostGuard(ServerOptions options, IEnumerable<Uri> listening)
    {
        _hosts.UnionWith(ServerOptions.Parts(options.AllowedHosts));
        _hosts.UnionWith(listening.Select(u => u.Host).Where(h => !IsAny(h)));
        _origins = new HashSet<string>(ServerOptions.Parts(options.AllowedOrigins).Select(o => o.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);
    }

    public bool Allows(HttpRequest request)
    {
        var host = request.Headers.Host;
        if (host.Count != 1 || !_hosts.Contains(WithoutPort(host.ToString())))
        {
            return false;
        }

        var origin = request.Headers.Origin;
        return origin.Count == 0 || (origin.Count == 1 && AllowsOrigin(origin.ToString()));
    }

    private bool AllowsOrigin(string origin) =>
        _origins.Contains(origin)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/" && url.UserInfo.Length == 0
            && string.Equals(url.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase) && _hosts.Contains(url.Host));

    private static bool IsAny(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private static string WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon > host.LastIndexOf(']') && host.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? host[..colon] : host;
    }
}
