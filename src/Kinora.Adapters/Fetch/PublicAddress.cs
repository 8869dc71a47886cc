using System.Net;
using System.Net.Sockets;

namespace Kinora.Adapters.Fetch;

/// <summary>
/// Which addresses are of the public internet. Special-purpose blocks: https://www.iana.org/assignments/iana-ipv4-special-registry and
/// https://www.iana.org/assignments/iana-ipv6-special-registry (read 2026-11-21).
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] _special4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Azure's own services answer here on every machine of theirs.
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    // Outside it lie loopback, private, link-local, multicast, and the IPv4 addresses in disguise of ::/96, ::ffff:0:0/96, 64:ff9b::/96 and 64:ff9b:1::/48.
    private static readonly IPNetwork _global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork _nat64 = IPNetwork.Parse("64:ff9b::/96");

    // Teredo and its neighbours, documentation, 6to4 (an IPv4 address in disguise).
    private static readonly IPNetwork[] _special6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !_special4.Any(block => block.Contains(address)),
        // A mapped one first: IPNetwork takes some of them for its own.
        AddressFamily.InterNetworkV6 => address is { IsIPv4MappedToIPv6: false, ScopeId: 0 } && _global6.Contains(address) && !_special6.Any(block => block.Contains(address)),
        _ => false,
    };

    /// <summary>
    /// The same, but a mapped or NAT64 address counts as the IPv4 address in it: in a network without IPv4 a provider's results are reached in no other way.
    /// </summary>
    public static bool IsPublicTranslated(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        return IsPublic(address.AddressFamily == AddressFamily.InterNetworkV6 && _nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12)) : address);
    }
}
