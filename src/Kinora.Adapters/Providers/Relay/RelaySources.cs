using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>Writes a create as a profile says: what a request holds, put where the relay wants it and in its words.</summary>
internal sealed class RelaySources(Submission submission, RelaySettings settings)
{
    public static IReadOnlyList<string> Names { get; } =
        ["model", "prompt", "negativePrompt", "seed", "seconds", "size", "width", "height", "side", "ratio", "orientation", "audio", "firstFrame"];

    public static IReadOnlyList<string> Forms { get; } = ["text", "number", "flag", "list", "file"];

    /// <exception cref="UnsayableException">A word is missing for what was asked.</exception>
    public async Task<HttpContent> WriteAsync(RelayCreate create, CancellationToken cancel)
    {
        var body = new JsonObject();
        var form = create.IsForm ? FormBody.New() : null;
        foreach (var field in create.Fields.Where(field => field.When is not { } when || Of(when) is not null))
        {
            if (field.As == "file")
            {
                if (submission.Request.FirstFrame is { } picture)
                {
                    form!.AddFile(field.Path, await submission.Inputs.PathAsync(picture, cancel), "first-frame" + Ending(picture.MimeType), picture.MimeType);
                }
            }
            else if (await ValueAsync(field, cancel) is { } value)
            {
                form?.AddText(field.Path, value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString());
                Put(body, field.Path.Split('.'), value);
            }
        }

        return form is not null ? form : new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, RelayJson.Default.JsonObject))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
    }

    private async Task<JsonNode?> ValueAsync(RelayField field, CancellationToken cancel)
    {
        if (field.Value is { } always)
        {
            return always.DeepClone();
        }

        if (field is { From: "firstFrame" } && submission.Request.FirstFrame is { } picture)
        {
            var url = JsonValue.Create(await DataUrl.OfAsync(submission, picture, cancel), RelayJson.Default.DataUrl);
            return field.As == "list" ? new JsonArray(url) : url;
        }

        var text = field.Setting is { } setting ? settings[setting] : Of(field.From!);
        if (text is not null && field.Words is { } words && !words.TryGetValue(text, out text) && field.Otherwise is null)
        {
            throw new UnsayableException($"cannot be told this {field.From}; it knows {string.Join(", ", words.Keys)}.");
        }

        var form = field.Setting is { } name && settings.IsFlag(name) ? "flag" : field.As;
        return text is null ? field.Otherwise?.DeepClone() : form switch
        {
            "number" => JsonValue.Create(decimal.Parse(text, CultureInfo.InvariantCulture)),
            "flag" => JsonValue.Create(bool.Parse(text)),
            "list" => new JsonArray(JsonValue.Create(text)),
            _ => JsonValue.Create(text),
        };
    }

    private string? Of(string source)
    {
        var request = submission.Request;
        return source switch
        {
            "model" => submission.ModelName,
            "prompt" => request.Prompt,
            "negativePrompt" => request.NegativePrompt,
            "seed" => request.Seed?.ToString(CultureInfo.InvariantCulture),
            "seconds" => request.Seconds?.ToString("0.###", CultureInfo.InvariantCulture),
            "audio" => request.Audio?.ToString().ToLowerInvariant(),
            "firstFrame" => request.FirstFrame?.Sha256,
            _ => request.Size is not { } size ? null : source switch
            {
                "width" => size.Width.ToString(CultureInfo.InvariantCulture),
                "height" => size.Height.ToString(CultureInfo.InvariantCulture),
                "side" => Math.Min(size.Width, size.Height).ToString(CultureInfo.InvariantCulture),
                "ratio" => size.Ratio,
                "orientation" => size.Width > size.Height ? "landscape" : size.Width < size.Height ? "portrait" : "square",
                _ => size.ToString(),
            },
        };
    }

    private static void Put(JsonObject into, ReadOnlySpan<string> path, JsonNode value)
    {
        while (path is [var step, _, ..])
        {
            into = (JsonObject)(into[step] ??= new JsonObject());
            path = path[1..];
        }

        into[path[0]] = value;
    }

    private static string Ending(string type) => type switch { "image/jpeg" => ".jpg", "image/webp" => ".webp", _ => ".png" };
}

/// <summary>What is kept of a job beside its id.</summary>
/// <param name="Poll">Which of the profile's places it is looked at first.</param>
/// <param name="Closed">It was made so that it cannot be remixed.</param>
internal sealed record RelayNote(int Poll, bool Closed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(DataUrl))]
[JsonSerializable(typeof(RelayNote))]
internal sealed partial class RelayJson : JsonSerializerContext;
