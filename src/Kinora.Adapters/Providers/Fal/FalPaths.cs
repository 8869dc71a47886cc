using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Fal;

/// <summary>Addresses at fal. A request is made below the whole name of its endpoint, and found below the first parts of it alone.</summary>
internal static class FalPaths
{
    // Their names have one part more (npm @fal-ai/client 1.10.1, utils).
    private static readonly string[] _namespaces = ["workflows", "comfy"];

    /// <summary>True for <c>owner/app</c>, and for more parts of that kind.</summary>
    public static bool IsEndpoint(string name) =>
        name.Split('/') is { Length: >= 2 } parts && parts.All(part => part.Length > 0 && part.Any(letter => letter != '.') && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'));

    /// <summary>The address of a create, with the place fal may call.</summary>
    public static string Create(string endpoint, Uri? callback) =>
        $"/{endpoint}{(callback is null ? "" : "?fal_webhook=" + Uri.EscapeDataString(callback.AbsoluteUri))}";

    /// <param name="endpoint">Where it was made.</param>
    public static Uri Status(Endpoint home, string endpoint, RemoteJob job) => WithoutLogs(Link(home, Read(job)?.Status) ?? home.At(Below(endpoint, job) + "/status"));

    /// <inheritdoc cref="Status"/>
    public static Uri Response(Endpoint home, string endpoint, RemoteJob job) => Link(home, Read(job)?.Response) ?? home.At(Below(endpoint, job));

    /// <inheritdoc cref="Status"/>
    public static Uri Cancel(Endpoint home, string endpoint, RemoteJob job) => Link(home, Read(job)?.Cancel) ?? home.At(Below(endpoint, job) + "/cancel");

    // Logs can weigh more than an answer may, and only the position is of interest.
    private static Uri WithoutLogs(Uri status) => status.Query.Length > 0 ? status : new UriBuilder(status) { Query = "logs=0" }.Uri;

    // What a relay passes on leads past it, and the key must not go there.
    private static Uri? Link(Endpoint home, string? link) => Uri.TryCreate(link, UriKind.Absolute, out var url) && home.IsHome(url) ? url : null;

    private static string Below(string endpoint, RemoteJob job)
    {
        var parts = endpoint.Split('/');
        return $"/{string.Join('/', parts.Take(_namespaces.Contains(parts[0]) ? 3 : 2))}/requests/{Uri.EscapeDataString(job.RemoteId)}";
    }

    private static FalLinks? Read(RemoteJob job)
    {
        try
        {
            return job.RemoteData is { } data ? JsonSerializer.Deserialize(data, FalJson.Default.FalLinks) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
