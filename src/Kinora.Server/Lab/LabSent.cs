using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab;

/// <summary>One request as it came, so that what two clients send for the same thing can be laid side by side. Keys are fingerprints, files and long texts are hashes.</summary>
internal sealed class LabSent
{
    private const int LongestText = 1_000;

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>A JSON body; null for any other.</summary>
    public JsonNode? Json { get; private set; }

    /// <summary>The text parts of a form; null for anything else.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; private set; }

    public IReadOnlyList<LabUpload>? Files { get; private set; }

    public static LabSent Of(HttpContext context)
    {
        var sent = new LabSent
        {
            Method = context.Request.Method,
            Path = context.Request.Path + context.Request.QueryString,
            Headers = context.Request.Headers.ToDictionary(
                header => header.Key.ToLowerInvariant(),
                header => LabTraffic.KeyHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase) ? Hidden(header.Value.ToString()) : header.Value.ToString(),
                StringComparer.Ordinal),
        };
        context.Items[typeof(LabSent)] = sent;
        return sent;
    }

    public static void Note(HttpContext context, LabBody? body)
    {
        if (body is not null && context.Items[typeof(LabSent)] is LabSent sent)
        {
            sent.Json = Short(body.Json);
            sent.Fields = body.IsForm ? body.Fields : null;
            sent.Files = body.IsForm ? body.Files : null;
        }
    }

    // "Bearer 0123456789ab": the scheme stays.
    private static string Hidden(string value)
    {
        var blank = value.LastIndexOf(' ') + 1;
        return value[..blank] + LabLedger.Fingerprint(value[blank..]);
    }

    private static JsonNode? Short(JsonNode? node) => node switch
    {
        JsonObject many => new JsonObject(many.Select(pair => KeyValuePair.Create(pair.Key, Short(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Short)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > LongestText =>
            $"{text[..40]}… {text.Length} characters, sha256 {LabLedger.Hash(Encoding.UTF8.GetBytes(text))}",
        _ => node?.DeepClone(),
    };
}
