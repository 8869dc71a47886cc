using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Kinora.Adapters.Fetch;

/// <summary>Which addresses of callers are fetched, and what that may cost. Section <c>Fetch</c>.</summary>
internal sealed record FetchOptions
{
    /// <summary>
    /// Whether callers' addresses may name this machine and its private network, at any port. Only for a server that nobody but its owner can reach.
    /// </summary>
    public bool AllowPrivate { get; init; }

    /// <summary>Names of hosts that callers' addresses may name although they are private, at any port; separated by commas.</summary>
    public string PrivateHosts { get; init; } = "";

    /// <summary>Ports that callers' addresses may name, separated by commas.</summary>
    public string Ports { get; init; } = "80, 443";

    /// <summary>Longest time from the first look to the last byte, in seconds.</summary>
    [Range(1, 600)]
    public int WallSeconds { get; init; } = 30;

    /// <summary>Most redirects followed, each one checked like the first address.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; init; } = 3;

    /// <param name="section">Where the ports were set.</param>
    public void Check(ICollection<string> faults, string section = "Fetch")
    {
        foreach (var word in Words(Ports).Where(word => Port(word) is null))
        {
            faults.Add($"{section}:Ports: whole numbers from 1 to 65535, separated by commas, are expected, not \"{word}\".");
        }
    }

    public bool Trusts(string host) => AllowPrivate || Words(PrivateHosts).Contains(host, StringComparer.OrdinalIgnoreCase);

    public bool Allows(int port) => Words(Ports).Any(word => Port(word) == port);

    private static int? Port(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : null;

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
