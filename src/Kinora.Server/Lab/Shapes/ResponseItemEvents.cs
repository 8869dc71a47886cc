using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>What a stream says of one item of a response's output, from its beginning to its end (openai-node 7.57.0, src/resources/responses/responses.ts).</summary>
internal sealed class ResponseItemEvents(LabDesk desk, ImageWish wish)
{
    private const int LettersAtOnce = 16;

    /// <summary>All that is said of an item.</summary>
    /// <param name="item">As it is in the end.</param>
    public async IAsyncEnumerable<JsonObject> WholeAsync(JsonObject item, int index)
    {
        await foreach (var one in BeginAsync(Begun(item), index))
        {
            yield return one;
        }

        foreach (var one in item["content"] is JsonArray content ? Speak(content[0]!.AsObject()) : [])
        {
            yield return Said(one, item, index);
        }

        if ((string)item["type"]! == "image_generation_call" && (string)item["status"]! == "completed")
        {
            yield return Said(new JsonObject { ["type"] = "response.image_generation_call.completed" }, item, index);
        }

        yield return new JsonObject { ["type"] = "response.output_item.done", ["output_index"] = index, ["item"] = item.DeepClone() };
    }

    /// <summary>The same, as far as it goes before there is a result.</summary>
    /// <param name="item">As it is in the beginning.</param>
    public async IAsyncEnumerable<JsonObject> BeginAsync(JsonObject item, int index)
    {
        yield return new JsonObject { ["type"] = "response.output_item.added", ["output_index"] = index, ["item"] = item.DeepClone() };
        if ((string)item["type"]! != "image_generation_call")
        {
            yield break;
        }

        yield return Said(new JsonObject { ["type"] = "response.image_generation_call.in_progress" }, item, index);
        yield return Said(new JsonObject { ["type"] = "response.image_generation_call.generating" }, item, index);
        for (var partial = 0; partial < wish.Partials; partial++)
        {
            var one = new JsonObject
            {
                ["type"] = "response.image_generation_call.partial_image",
                ["partial_image_index"] = partial,
                ["partial_image_b64"] = await wish.PartialAsync(desk, partial),
            };
            wish.Describe(one);
            yield return Said(one, item, index);
        }
    }

    private static JsonObject Begun(JsonObject item)
    {
        switch ((string)item["type"]!)
        {
            case "image_generation_call":
                return ResponseView.BegunCall((string)item["id"]!, "in_progress");
            case "message":
                var message = item.DeepClone().AsObject();
                message["status"] = "in_progress";
                message["content"] = new JsonArray();
                return message;
            default:
                return item;
        }
    }

    // A part of a message, output_text or refusal, a few letters at a time.
    private static IEnumerable<JsonObject> Speak(JsonObject part)
    {
        var refusal = (string)part["type"]! == "refusal";
        var (name, key) = refusal ? ("response.refusal", "refusal") : ("response.output_text", "text");
        var words = (string)part[key]!;
        var silent = part.DeepClone().AsObject();
        silent[key] = "";
        yield return new JsonObject { ["type"] = "response.content_part.added", ["part"] = silent };
        foreach (var letters in words.Chunk(LettersAtOnce))
        {
            yield return Words(name + ".delta", "delta", new string(letters));
        }

        yield return Words(name + ".done", key, words);
        yield return new JsonObject { ["type"] = "response.content_part.done", ["part"] = part.DeepClone() };

        JsonObject Words(string type, string field, string text)
        {
            var one = new JsonObject { ["type"] = type, [field] = text };
            if (!refusal)
            {
                one["logprobs"] = new JsonArray();
            }

            return one;
        }
    }

    private static JsonObject Said(JsonObject one, JsonObject item, int index)
    {
        one["item_id"] = (string)item["id"]!;
        one["output_index"] = index;
        if (item["content"] is not null)
        {
            one["content_index"] = 0;
        }

        return one;
    }
}
