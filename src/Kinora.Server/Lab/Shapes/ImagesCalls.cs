using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>Generations and edits: the answer to the create is the result.</summary>
internal sealed class ImagesCalls(LabDesk desk, LabDoor door, ImagesVariant variant)
{
    private const int MostInputs = 16;

    private static readonly string[] _known =
    [
        "prompt", "model", "n", "size", "quality", "background", "output_format", "output_compression", "moderation", "partial_images", "complexity", "frame_count",
        "frame_duration_ms", "svg", "safety_identifier", "user", "input_fidelity", "stream",
    ];

    private readonly string _shape = "openai-images/" + variant.Name;

    public async Task CreateAsync(HttpContext context, bool edits)
    {
        if (await LabOrder.ReadAsync(desk, door, context) is not { } order)
        {
            return;
        }

        var (wish, fault400) = ImageWish.Read(name => order.Body[name]);
        var streams = IsStream(order.Body);
        if ((Refusal(order.Body, edits) ?? (wish is null ? ("invalid_value", fault400) : streams ? null : Ended(order.Script))) is { } refusal)
        {
            await order.RefuseAsync(400, refusal.Code, refusal.Message);
            return;
        }

        var job = Accept(order, wish!);
        await (streams ? order.StreamAsync(Events(order, job, edits)) : order.AnswerAsync(await AnswerAsync(order, job)));
    }

    /// <summary>A link to a picture: no key asked for, as on a file host.</summary>
    public async Task FileAsync(HttpContext context)
    {
        if (!desk.TryFind(_shape, LabDoor.IdOf(context), out var job))
        {
            await door.ErrorAsync(context, 404, "not_found", "No such file.");
            return;
        }

        job.NoteContent();
        var (bytes, _) = await job.Wish!.MakeAsync(desk, job.Script);
        var file = new LabFile(bytes, null, LabLedger.Fingerprint(job.Id)!, "image/" + job.Wish.Format);
        if (await LabFaults.PlayAsync(job.Script.Content, job.TakesTurn, argument => door.Call(context, argument) with { File = file }) is null)
        {
            await LabContent.SendAsync(context, file);
        }
    }

    private (string Code, string Message)? Refusal(LabBody body, bool edits)
    {
        if (string.IsNullOrEmpty(body["prompt"]))
        {
            return ("missing_required_parameter", "Missing required parameter: 'prompt'.");
        }

        if (variant.Strict && body["prompt"]!.Length > 32_000)
        {
            return ("string_above_max_length", "Invalid 'prompt': string too long. Expected a string with maximum length 32000.");
        }

        if (IsStream(body) && !variant.Streams)
        {
            return ("unsupported_parameter", "This server does not stream.");
        }

        var fields = edits ? _known.Concat(["images", "mask"]) : _known;
        if (variant.Strict && body.Fields.Keys.Except(fields).FirstOrDefault() is { } unknown)
        {
            return ("unknown_parameter", $"Unknown parameter: '{unknown}'.");
        }

        return variant.Strict && body.Json?["n"] is JsonValue n && !n.TryGetValue<int>(out _) ? ("invalid_type", "Invalid type for 'n': expected an integer.")
            : edits ? Missing(body)
            : body.IsForm ? ("invalid_type", "Generations take JSON.")
            : null;
    }

    private static (string Code, string Message)? Missing(LabBody body)
    {
        var inputs = Inputs(body).ToList();
        var masks = body.Files.Where(file => file.Field == "mask").ToList();
        return inputs.Count == 0 && body.Json?["images"] is not JsonArray { Count: > 0 } ? ("missing_required_parameter", "Missing required parameter: 'image'.")
            : inputs.Count > MostInputs ? ("array_above_max_length", "At most 16 images can be given.")
            : inputs.FirstOrDefault(file => file.Picture is null) is { } odd ? ("invalid_image_file", $"Invalid image file '{odd.Name}': it is no png, jpeg or webp.")
            : masks.Count > 1 || masks.Any(mask => mask.Picture != "png") ? ("invalid_image_file", "The mask is one png with an alpha channel.")
            : body.Files.Except(inputs).Except(masks).FirstOrDefault() is { } stray ? ("unknown_parameter", $"Unknown parameter: '{stray.Field}'.")
            : null;
    }

    private static IEnumerable<LabUpload> Inputs(LabBody body) => body.Files.Where(file => file.Field is "image" or "image[]");

    private static bool IsStream(LabBody body) => body["stream"] == "true";

    // Without a stream there is no later: what does not end well is refused.
    private static (string Code, string Message)? Ended(LabScript script) => script.End switch
    {
        "completed" => null,
        "moderation" => ("moderation_blocked", "Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID."),
        var end => ("lab_" + end, "The script said so."),
    };

    private LabJob Accept(LabOrder order, ImageWish wish)
    {
        var job = new LabJob
        {
            Id = "img_" + Guid.NewGuid().ToString("N"),
            Shape = _shape,
            CreatedAt = desk.Clock.GetUtcNow(),
            Script = order.Script with { Queued = 0, Running = 0 },
            Prompt = order.Body["prompt"]!,
            Model = order.Body["model"] ?? "gpt-image-2",
            Size = wish.Size,
            Seconds = 0,
            Wish = wish,
        };
        order.Enter(job, order.Body.Files, "prompt");
        order.Context.Response.Headers["x-request-id"] = "req_" + job.Id[4..];
        return job;
    }

    private IAsyncEnumerable<JsonObject> Events(LabOrder order, LabJob job, bool edits)
    {
        var stream = new ImageStream(desk, job, edits ? "image_edit" : "image_generation", () => (job.Wish! with { Count = 1 }).Usage(Inputs(order.Body).Count()));
        var fault = order.BreaksOff ? ("server_error", "The script said so.") : Ended(job.Script);
        return stream.EventsAsync(index => PictureAsync(order, job, index), fault is var (code, message) ? Error(code, message) : null);

        JsonObject Error(string code, string message)
        {
            var error = door.Error(code == "moderation_blocked" ? 400 : 500, code, message);
            error["type"] = "error";
            return error;
        }
    }

    private async Task<JsonObject> AnswerAsync(LabOrder order, LabJob job)
    {
        var wish = job.Wish!;
        var data = new JsonArray();
        for (var i = 0; i < wish.Count && job.Script.Picture != "none"; i++)
        {
            data.Add(await PictureAsync(order, job, i));
        }

        var answer = new JsonObject { ["created"] = job.CreatedAt.ToUnixTimeSeconds(), ["data"] = data };
        if (variant.Strict)
        {
            wish.Describe(answer);
            answer["usage"] = wish.Usage(Inputs(order.Body).Count());
        }

        return answer;
    }

    private async Task<JsonObject> PictureAsync(LabOrder order, LabJob job, int index) =>
        job.Script.Picture == "url" || (!variant.Strict && order.Body["response_format"] != "b64_json" && job.Script is { Inline: false, Picture: "asked" })
            ? new JsonObject { ["url"] = LinkOf(order.Context, job, index), ["revised_prompt"] = "As drawn: " + job.Prompt }
            : new JsonObject { ["b64_json"] = (await job.Wish!.MakeAsync(desk, job.Script)).Base64 };

    private string LinkOf(HttpContext context, LabJob job, int index) => string.Create(
        CultureInfo.InvariantCulture, $"{context.Request.Scheme}://{context.Request.Host}/lab/files/{variant.Name}-pictures/{job.Id}/{index}?signature={LabLedger.Fingerprint(job.Id)}");
}
