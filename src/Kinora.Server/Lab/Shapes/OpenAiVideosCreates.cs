using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Catalog;

namespace Kinora.Server.Lab.Shapes;

/// <summary>Creates, remixes, edits and extensions: what one variant takes and refuses, and the job it makes.</summary>
internal sealed class OpenAiVideosCreates(LabDesk desk, LabDoor door, OpenAiVariant variant)
{
    private static readonly string[] _known =
    [
        "prompt", "model", "seconds", "size", "input_reference", "input_reference[image_url]", "input_reference[file_id]", "characters", "video", "video[id]",
    ];

    private readonly OpenAiVideoView _view = new(desk.Clock, variant);

    public Task FollowUpAsync(HttpContext context) => CreateAsync(context, "");

    /// <summary>A create, or what makes a new job from an old one.</summary>
    /// <param name="source">Null for a create; the id of a remix; empty when the body names it.</param>
    public async Task CreateAsync(HttpContext context, string? source)
    {
        if (await LabOrder.ReadAsync(desk, door, context) is not { } order)
        {
            return;
        }

        source = source is "" ? SourceIn(order.Body) : source;
        if (Refusal(order, source) is { } refusal)
        {
            await order.RefuseAsync(refusal.Status, refusal.Code, refusal.Message);
            return;
        }

        await AcceptAsync(order, source);
    }

    // What the real servers refuse (openai/openai-openapi 2.3.0, f85dbe2 of 2026-08-21; of the engines and gateways: NOTES.md of the folder OpenAiVideos).
    private (int Status, string Code, string Message)? Refusal(LabOrder order, string? source)
    {
        var body = order.Body;
        if (string.IsNullOrEmpty(body["prompt"]))
        {
            return (variant.Error == OpenAiVariant.All[0].Error ? 400 : 422, "missing_required_parameter", "prompt: field required");
        }

        if (source is not null)
        {
            return source.Length == 0 && body.Files.All(file => file.Field != "video") ? (400, "missing_required_parameter", "video: a file or an id is required.")
                : source.Length > 0 && !desk.TryFind(variant.Shape, source, out _) ? (404, "not_found", "No such video to start from.")
                : Extends(order) && body["seconds"] is null ? (400, "missing_required_parameter", "seconds is required.")
                : null;
        }

        if (variant.FormOnly && !body.IsForm)
        {
            return (422, "invalid_type", "This server takes forms only.");
        }

        if (variant.FormNeedsFile && body.IsForm && body.Files.All(file => file.Field != variant.FileField))
        {
            return (400, "missing_required_parameter", $"{variant.FileField} is required in a form; send JSON for text.");
        }

        if (variant.RatioSizes && body["size"] is not (null or "16x9" or "9x16"))
        {
            return (400, "invalid_value", "size is 16x9 or 9x16.");
        }

        if (variant.Strict && body.Fields.Keys.Except(_known).FirstOrDefault() is { } unknown)
        {
            return (400, "unknown_parameter", $"Unknown parameter: '{unknown}'.");
        }

        return variant.Strict && body.Json?["seconds"] is JsonValue seconds && !seconds.TryGetValue<string>(out _)
            ? (400, "invalid_type", "Invalid type for 'seconds': expected a string.")
            : null;
    }

    private static string SourceIn(LabBody body) => body["video[id]"] ?? (body.Json?["video"] as JsonObject)?["id"]?.GetValue<string>() ?? "";

    private static bool Extends(LabOrder order) => order.Context.Request.Path.Value!.EndsWith("/extensions", StringComparison.Ordinal);

    private async Task AcceptAsync(LabOrder order, string? source)
    {
        var body = order.Body;
        var before = source is { Length: > 0 } && desk.TryFind(variant.Shape, source, out var made) ? made : null;
        var length = double.TryParse(body["seconds"], CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 600 ? seconds : 4;
        var job = new LabJob
        {
            Id = variant.Id(Guid.NewGuid().ToString("N")),
            Shape = variant.Shape,
            CreatedAt = desk.Clock.GetUtcNow(),
            Script = variant.Blocks ? order.Script with { Queued = 0, Running = 0 } : order.Script,
            Prompt = body["prompt"]!,
            Model = body["model"] ?? "lab-video",
            Size = before?.Size ?? SizeOf(body),

            // What is made of a video is as long as that; an extension is the stitched whole. How long an upload is nobody looks.
            Seconds = before is null ? length : Extends(order) ? before.Seconds + length : before.Seconds,
            Source = source is "" ? null : source,
        };
        order.Enter(job, body.Files, "prompt");
        desk.Videos.Prepare(job.Size, job.Seconds);
        await order.AnswerAsync(variant.Blocks ? await FinishedAsync(order.Context, job) : _view.Write(order.Context, job, LabState.Queued, 0));
    }

    private FrameSize SizeOf(LabBody body) => variant.RatioSizes
        ? body["size"] == "16x9" ? new FrameSize(1280, 720) : new FrameSize(720, 1280)
        : FrameSize.TryParse(body["size"], out var size) && size is { Width: >= 16 and <= 4096, Height: >= 16 and <= 4096 } ? size : new FrameSize(720, 1280);

    // A blocking server: the end is known when the create answers.
    private async Task<JsonObject> FinishedAsync(HttpContext context, LabJob job)
    {
        var view = _view.Write(context, job, LabState.Ended, 100);
        if (job.Script.End == "completed")
        {
            view["data"] = new JsonArray(job.Script.Inline
                ? new JsonObject { ["b64_json"] = Convert.ToBase64String(await desk.Videos.MakeAsync(job.Size, job.Seconds)) }
                : new JsonObject { ["url"] = _view.LinkOf(context, job) });
        }

        return view;
    }
}
