using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kinora.Server.Lab;
using Shouldly;

namespace Kinora.Server.Tests.Providers;

/// <summary>
/// What came to the lab, so written that requests of two clients for the same wishes are equal text: keys of JSON and fields sorted, ids numbered in the order
/// they are met, looks at one job told once. Left out is who a client says it is, and what Kinora adds on purpose (<c>Idempotency-Key</c>).
/// </summary>
internal static partial class SentRequests
{
    /// <param name="ids">What ids of the shape look like; null for UUIDs.</param>
    /// <param name="headers">Headers that count, in lower case, beside key and type.</param>
    public static List<string> Of(LabServer lab, Regex? ids = null, params string[] headers)
    {
        var names = new Dictionary<string, string>();
        return
        [
            .. lab.Traffic.Sent.Where(sent => !sent.Path.StartsWith("/lab/files/", StringComparison.Ordinal))
                .Select(sent => (ids ?? Uuid()).Replace(Signature().Replace(Say(sent, headers), ""), id => names.TryAdd(id.Value, $"id-{names.Count}") ? names[id.Value] : names[id.Value]))
                .Distinct(),
        ];
    }

    /// <summary>Fails at the first request that differs.</summary>
    public static void AreEqual(List<string> ours, List<string> theirs)
    {
        foreach (var (our, their) in ours.Zip(theirs))
        {
            our.ShouldBe(their);
        }

        ours.Count.ShouldBe(theirs.Count);
    }

    private static string Say(LabSent sent, string[] headers)
    {
        var said = new JsonObject
        {
            ["request"] = $"{sent.Method} {sent.Path}",

            // The type of no body says nothing; some clients name one on every request.
            ["type"] = sent.Json is null && sent.Fields is null ? "" : sent.Headers.GetValueOrDefault("content-type", "").Split(';')[0],
            ["json"] = Sorted(sent.Json),
            ["fields"] = sent.Fields is { } fields ? new JsonObject(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))) : null,

            // Of one field the order counts; of different fields it says nothing.
            ["files"] = sent.Files is { } files ? new JsonArray([.. files.OrderBy(f => f.Field, StringComparer.Ordinal).Select(f => (JsonNode)$"{f.Field} {f.Type} {f.Sha256}")]) : null,
        };
        foreach (var header in (string[])["authorization", "x-goog-api-key", .. headers])
        {
            said[header] = sent.Headers.GetValueOrDefault(header);
        }

        return said.ToJsonString();
    }

    // The order of keys says nothing in JSON.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject many => new JsonObject(many.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    // Of links to the lab's own files: made from the id.
    [GeneratedRegex("\\?signature=[0-9a-f]+")]
    private static partial Regex Signature();
}
