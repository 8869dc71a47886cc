using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>Responses with the image tool: background work that is looked at, and turns that follow each other.</summary>
internal sealed class ResponsesCalls(LabDesk desk, LabDoor door)
{
    private const string Shape = "openai-images/responses";

    private static readonly string[] _known =
    [
        "model", "input", "tools", "tool_choice", "instructions", "previous_response_id", "background", "store", "stream", "metadata", "user", "safety_identifier", "reasoning",
        "max_output_tokens", "max_tool_calls", "parallel_tool_calls", "text", "temperature", "top_p", "truncation", "include", "service_tier",
    ];

    private static readonly string[] _toolFields =
    [
        "type", "action", "model", "size", "quality", "background", "output_format", "output_compression", "moderation", "input_fidelity", "input_image_mask", "partial_images",
        "complexity", "frame_count", "frame_duration_ms", "svg",
    ];

    private readonly ResponseView _view = new(desk);

    public async Task CreateAsync(HttpContext context)
    {
        if (await LabOrder.ReadAsync(desk, door, context, Words, "The body is no JSON object.") is not { Body.Json: { } json } order)
        {
            return;
        }

        var input = TurnInput.Read(json["input"]);
        var tool = (json["tools"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(one => TurnInput.Text(one["type"]) == "image_generation");
        var (wish, fault400) = ImageWish.Read(name => name switch { "n" => null, "partial_images" => tool?[name]?.ToJsonString(), _ => TurnInput.Text(tool?[name]) });
        if ((Refusal(json, input, tool) ?? (wish is null ? ("invalid_value", fault400) : null)) is { } refusal)
        {
            await order.RefuseAsync(400, refusal.Code, refusal.Message);
            return;
        }

        await AcceptAsync(order, json, input, wish!);
    }

    public async Task RetrieveAsync(HttpContext context)
    {
        if (!desk.TryFind(Shape, LabDoor.IdOf(context), out var job))
        {
            await NotFoundAsync(context);
            return;
        }

        if (context.Request.Query["stream"] == "true")
        {
            await door.ErrorAsync(context, 400, "unsupported_parameter", "The lab streams the answer to a create, not an earlier one.");
            return;
        }

        job.NotePoll();
        if (await door.BendsAsync(context, job, () => _view.WriteAsync(job, LabState.Running)) is { } bends)
        {
            await (bends.Contains(ShapeFaults.Vanish) ? NotFoundAsync(context) : LabDoor.JsonAsync(context, await BentAsync(job, bends)));
        }
    }

    public async Task CancelAsync(HttpContext context)
    {
        if (!desk.TryFind(Shape, LabDoor.IdOf(context), out var job))
        {
            await NotFoundAsync(context);
            return;
        }

        if (!ResponseView.InBackground(job))
        {
            await door.ErrorAsync(context, 400, "invalid_request", "Only responses created with background=true can be cancelled.");
            return;
        }

        job.Stopped |= job.State != LabState.Ended;
        await LabDoor.JsonAsync(context, await _view.WriteAsync(job, job.State));
    }

    private static string? Words(LabBody body) => body.Json is { } json ? TurnInput.Read(json["input"]).Words : null;

    // What the real one refuses (openai-node 7.57.0, src/resources/responses/responses.ts).
    private (string Code, string Message)? Refusal(JsonObject json, TurnInput input, JsonObject? tool)
    {
        if (json.Select(pair => pair.Key).Except(_known).FirstOrDefault() is { } unknown)
        {
            return ("unknown_parameter", $"Unknown parameter: '{unknown}'.");
        }

        var tools = json["tools"] as JsonArray;
        return TurnInput.Text(json["model"]) is null or "" ? ("missing_required_parameter", "Missing required parameter: 'model'.")
            : TurnInput.Text(json["model"])!.Contains("image", StringComparison.Ordinal) ? ("model_not_found", "An image model is no model of this endpoint; name it in the tool.")
            : input.Fault.Length > 0 ? ("invalid_value", input.Fault)
            : tool is null || tools!.Count != 1 ? ("unsupported_value", "The lab has one tool, image_generation.")
            : tool.Select(pair => pair.Key).Except(_toolFields).FirstOrDefault() is { } odd ? ("unknown_parameter", $"Unknown parameter: 'tools[0].{odd}'.")
            : tool["input_image_mask"] is { } mask && TurnInput.FileOf("mask", TurnInput.Text(mask["image_url"]))?.Picture != "png" ? ("invalid_value", "The mask is no png.")
            : json["background"]?.GetValue<bool>() == true && json["store"]?.GetValue<bool>() == false ? ("invalid_value", "Background mode needs store=true.")
            : TurnInput.Text(json["previous_response_id"]) is { } before && !desk.TryFind(Shape, before, out _) ? ("previous_response_not_found", $"Previous response with id '{before}' not found.")
            : input.Calls.FirstOrDefault(call => !desk.Jobs.Any(job => job.Shape == Shape && ResponseView.CallIds(job).Contains(call))) is { } lost
                ? ("invalid_value", $"Item with id '{lost}' not found.")
            : null;
    }

    private async Task AcceptAsync(LabOrder order, JsonObject json, TurnInput input, ImageWish wish)
    {
        var background = json["background"]?.GetValue<bool>() == true;
        var job = new LabJob
        {
            Id = "resp_" + Guid.NewGuid().ToString("N"),
            Shape = Shape,
            CreatedAt = desk.Clock.GetUtcNow(),
            Script = background ? order.Script : order.Script with { Queued = 0, Running = 0 },
            Prompt = input.Words,
            Model = TurnInput.Text(json["model"])!,
            Size = wish.Size,
            Seconds = 0,
            Wish = wish,
            Turn = json,
            Source = TurnInput.Text(json["previous_response_id"]),
        };
        order.Enter(job, input.Files, "input", "tools");
        order.Context.Response.Headers["x-request-id"] = "req_" + job.Id[5..];
        await (json["stream"]?.GetValue<bool>() == true
            ? order.StreamAsync(new ResponseStream(_view, new ResponseItemEvents(desk, wish), job, order.BreaksOff).EventsAsync())
            : order.AnswerAsync(await _view.WriteAsync(job, background ? LabState.Queued : LabState.Ended)));
    }

    private async Task<JsonObject> BentAsync(LabJob job, IReadOnlyList<string> bends)
    {
        var (state, _, runningLook) = bends.Contains(ShapeFaults.Stuck) ? (LabState.Running, 50, 0) : job.Look();
        var view = await _view.WriteAsync(job, state != LabState.Ended && bends.Contains(ShapeFaults.Backwards) && runningLook > 1 ? LabState.Queued : state);
        if (state != LabState.Ended && bends.Contains(ShapeFaults.UnknownStatus))
        {
            view["status"] = "pondering";
        }

        return view;
    }

    private Task NotFoundAsync(HttpContext context) =>
        door.ErrorAsync(context, 404, "not_found", $"Response with id '{LabDoor.IdOf(context)}' not found.");
}
