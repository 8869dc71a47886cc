using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Kinora.Server.Lab;

/// <summary>The body of a create, form or JSON, in one form. Read whole before anything happens: only a whole request can be accepted.</summary>
/// <param name="Fields">Top-level values as text; nested JSON as JSON.</param>
/// <param name="Json">Null for a form.</param>
internal sealed record LabBody(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<LabUpload> Files, JsonObject? Json, string Hash)
{
    public bool IsForm => Json is null;

    public string? this[string name] => Fields.TryGetValue(name, out var value) ? value : null;

    /// <summary>Null when the body is neither. What it holds is noted (<see cref="LabSent"/>).</summary>
    public static async Task<LabBody?> ReadAsync(HttpContext context)
    {
        var body = await ParseAsync(context);
        LabSent.Note(context, body);
        return body;
    }

    private static async Task<LabBody?> ParseAsync(HttpContext context)
    {
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        var bytes = copy.ToArray();
        var hash = LabLedger.Hash(bytes);
        try
        {
            if (!context.Request.HasFormContentType)
            {
                return JsonNode.Parse(bytes) is JsonObject json
                    ? new LabBody(json.ToDictionary(pair => pair.Key, pair => Text(pair.Value), StringComparer.Ordinal), [], json, hash)
                    : null;
            }

            context.Request.Body = new MemoryStream(bytes);
            var form = await context.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = 256 * 1024 * 1024 }, context.RequestAborted);
            return new LabBody(
                form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal), [.. form.Files.Select(Upload)], null, hash);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<double>(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => node.ToJsonString(),
    };

    private static LabUpload Upload(IFormFile file)
    {
        using var stream = file.OpenReadStream();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return LabUpload.Of(file.Name, file.FileName, file.ContentType ?? "", copy.ToArray());
    }
}
