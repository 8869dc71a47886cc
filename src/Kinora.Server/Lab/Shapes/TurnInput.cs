using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>What a turn of a conversation brings: words, pictures, and ids of earlier pictures.</summary>
/// <param name="Words">All texts of it, one a line.</param>
/// <param name="Calls">Ids of image_generation_call items.</param>
/// <param name="Fault">What is wrong with it; empty for nothing.</param>
internal sealed record TurnInput(string Words, IReadOnlyList<LabUpload> Files, IReadOnlyList<string> Calls, string Fault)
{
    public static TurnInput Read(JsonNode? input)
    {
        if (Text(input) is { } words)
        {
            return new TurnInput(words, [], [], words.Length == 0 ? "The input is empty." : "");
        }

        var (texts, files, calls, fault) = (new List<string>(), new List<LabUpload>(), new List<string>(), "");
        foreach (var item in (input as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (Text(item["type"]) == "image_generation_call")
            {
                calls.Add(Text(item["id"]) ?? "");
                continue;
            }

            if (Text(item["content"]) is { } plain)
            {
                texts.Add(plain);
                continue;
            }

            foreach (var part in (item["content"] as JsonArray)?.OfType<JsonObject>() ?? [])
            {
                switch (Text(part["type"]))
                {
                    case "input_text":
                        texts.Add(Text(part["text"]) ?? "");
                        break;
                    case "input_image" when FileOf("input_image", Text(part["image_url"])) is { Picture: not null } file:
                        files.Add(file);
                        break;
                    case "input_image":
                        fault = "An input_image is no data URL of a png, jpeg or webp.";
                        break;
                    default:
                        fault = $"The lab does not know content of the type '{Text(part["type"])}'.";
                        break;
                }
            }
        }

        return new TurnInput(string.Join("\n", texts), files, calls, texts.Count == 0 ? "The input holds no words." : fault);
    }

    /// <summary>The file in a data URL; null when it is none.</summary>
    public static LabUpload? FileOf(string field, string? url)
    {
        var comma = url?.IndexOf(";base64,", StringComparison.Ordinal) ?? -1;
        if (url is null || comma < 0 || !url.StartsWith("data:", StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = new byte[url.Length];
        return Convert.TryFromBase64Chars(url.AsSpan(comma + 8), bytes, out var length) ? LabUpload.Of(field, "", url[5..comma], bytes.AsSpan(0, length)) : null;
    }

    /// <summary>A JSON string; null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
