using System.Net;
using Kinora.Server.Web;
using Microsoft.AspNetCore.HttpOverrides;

namespace Kinora.Server.Security;

/// <summary>
/// The proxies whose word for a client's address and scheme is taken (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>). What anybody else says about himself is
/// not believed, nor what a client has told such a proxy about those before it.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>What is wrong with the setting; null: nothing.</summary>
    public static string? Fault(ServerOptions options) =>
        ServerOptions.Parts(options.TrustedProxies).FirstOrDefault(part => Network(part) is null) is { } wrong
            ? $"Server:TrustedProxies: \"{wrong}\" is neither an address (10.0.0.2) nor a network (10.0.0.0/8); several are parted by commas."
            : null;

    /// <summary>Null when there are none: then the headers are not read at all.</summary>
    public static ForwardedHeadersOptions? Of(ServerOptions options)
    {
        var trusted = ServerOptions.Parts(options.TrustedProxies);
        if (trusted.Length == 0)
        {
            return null;
        }

        // Any number of them in a row; the first that is none of them is the client.
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in trusted.Select(Network))
        {
            forwarded.KnownIPNetworks.Add(network!.Value);
        }

        return forwarded;
    }

    private static System.Net.IPNetwork? Network(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
