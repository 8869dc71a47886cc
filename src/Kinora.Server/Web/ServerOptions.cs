using System.ComponentModel.DataAnnotations;

namespace Kinora.Server.Web;

/// <summary>Settings <c>Server:…</c> of <c>kinora serve</c>.</summary>
internal sealed record ServerOptions
{
    /// <summary>Addresses to listen on, parted by semicolons; <c>--urls</c> wins.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:3000";

    /// <summary>Names by which clients may reach it besides the loopback ones and the addresses it listens on, parted by commas, without port.</summary>
    public string AllowedHosts { get; init; } = "";

    /// <summary>Origins of pages that may call it besides its own, parted by commas, e.g. <c>https://studio.example</c>.</summary>
    public string AllowedOrigins { get; init; } = "";

    /// <summary>
    /// The address at which the internet reaches this server, e.g. <c>https://studio.example</c>. Set, providers that call back are told to: a result is noticed
    /// sooner than by the next look.
    /// </summary>
    public string? PublicUrl { get; init; }

    /// <summary>
    /// Addresses or networks of the proxies before it, parted by commas, e.g. <c>127.0.0.1, 10.0.0.0/8</c>: what they say in <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> is taken for the client's address and scheme. Nobody else's is.
    /// </summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>Ask for an API key on loopback too.</summary>
    public bool RequireKey { get; init; }

    /// <summary>Requests over HTTP that one caller may send in a minute; more are answered 429 with the time to wait. 0 for no limit.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinute { get; init; }

    /// <summary>Let anybody who reaches this server read <c>/metrics</c>, and not only admins: for a monitoring system in a network of your own. It tells figures, no names of users.</summary>
    public bool OpenMetrics { get; init; }

    /// <summary>After the signal to end, how long requests are still taken while <c>/ready</c> says no, in seconds: until a balancer has noticed.</summary>
    [Range(0, 60)]
    public double StopGraceSeconds { get; init; } = 1;

    /// <summary>From the signal to the end at the latest, in seconds: requests and creates that are under way then are cut off.</summary>
    [Range(5, 170)]
    public double StopSeconds { get; init; } = 30;

    /// <summary>Issuers of tokens that the metadata of the MCP endpoint names, parted by commas.</summary>
    public string AuthorizationServers { get; init; } = "";

    /// <summary>What stands in a setting that holds several, parted by commas.</summary>
    public static string[] Parts(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
