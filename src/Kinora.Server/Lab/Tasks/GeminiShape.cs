using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>Gemini's interactions (npm @google/genai 3.1.0, @ai-sdk/google 4.0.121; https://ai.google.dev/gemini-api/docs).</summary>
internal sealed class GeminiShape : TaskShape
{
    private const int LargestInline = 4 * 1024 * 1024;
    private static readonly string[] _resolutions = ["360p", "720p", "1080p", "4k"];

    public override string Name => "gemini";

    public override IEnumerable<(string Prefix, string What)> Help =>
        [("/gemini", "Gemini: interactions in the background; results want the key (else 403); blocked is completed without a video; end=expired asks for more")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v1beta/interactions", calls.Create);
        group.MapGet("/v1beta/interactions/{id}", calls.Look);
        group.MapPost("/v1beta/interactions/{id}/cancel", calls.Door.Answer(context => CancelAsync(calls, context)));
        routes.MapGet("/lab/files/gemini/{id}/{index:int}", context =>
            LabTraffic.KeyOf(context) is null ? calls.Door.ErrorAsync(context, 403, "PERMISSION_DENIED", "The caller has no key.") : calls.File(context));
    }

    public override JsonObject Error(int status, string code, string message) =>
        new() { ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["status"] = code } };

    public override string? Prompt(LabBody body) => body.Json?["input"] switch
    {
        JsonArray input => input.OfType<JsonObject>().FirstOrDefault(part => part["type"]?.ToString() == "text")?["text"]?.ToString() ?? "",
        JsonValue text => text.ToString(),
        _ => null,
    };

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        var json = body.Json!;
        var format = json["response_format"] as JsonObject;
        if (format?["type"]?.ToString() != "video" || format["delivery"]?.ToString() != "uri")
        {
            throw new TaskRefusal(400, "INVALID_ARGUMENT", "Videos over 4 MB are not delivered inline.");
        }

        if (json["background"]?.GetValue<bool>() != true || json["stream"]?.GetValue<bool>() == true)
        {
            throw new TaskRefusal(400, "INVALID_ARGUMENT", "background must be true, and stream must not.");
        }

        var parts = (json["input"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        if (parts.Any(part => part["type"]?.ToString() == "video" && part["data"] is { } data && data.ToString().TrimEnd('=').Length * 3L / 4 > LargestInline))
        {
            throw new TaskRefusal(400, "INVALID_ARGUMENT", "Inline data is at most 4 MB.");
        }

        if (format["resolution"] is { } resolution && !_resolutions.Contains(resolution.ToString()))
        {
            throw new TaskRefusal(400, "INVALID_ARGUMENT", $"resolution is one of {string.Join(", ", _resolutions)}.");
        }

        var previous = json["previous_interaction_id"]?.ToString();
        Check(json["generation_config"]?["video_config"]?["task"]?.ToString(), parts.Count(part => part["type"]?.ToString() == "image"), previous is not null || parts.Any(part => part["type"]?.ToString() == "video"));
        return new TaskWish(body["model"] ?? "", TaskWish.Frame(format["resolution"]?.ToString(), format["aspect_ratio"]?.ToString()), Seconds(format["duration"]?.ToString())) { Source = previous };
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) => Bare(job, "in_progress");

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var view = Bare(job, job.Stopped ? "cancelled" : look.Say("queued", "in_progress", job.Script.End switch
        {
            "completed" or "moderation" => "completed",
            "cancelled" => "cancelled",

            // It has no word for a job that took too long: here stands the end that it alone has.
            "expired" => "requires_action",
            _ => "failed",
        }));
        if (view["status"]!.ToString() == "completed")
        {
            var content = link is null
                ? new JsonObject { ["type"] = "text", ["text"] = "I cannot show that." }
                : new JsonObject { ["type"] = "video", ["uri"] = link, ["mime_type"] = "video/mp4" };
            view["steps"] = new JsonArray(
                new JsonObject { ["type"] = "user_input", ["content"] = new JsonArray(new JsonObject { ["type"] = "video", ["uri"] = "https://elsewhere.example/input.mp4" }) },
                new JsonObject { ["type"] = "model_output", ["content"] = new JsonArray(content) });
            view["usage"] = new JsonObject { ["total_tokens"] = 46_336 };
        }
        else if (view["status"]!.ToString() == "failed")
        {
            view["errors"] = new JsonArray(new JsonObject { ["code"] = "internal", ["message"] = "The script said so." });
        }

        return view;
    }

    private static void Check(string? task, int images, bool hasVideo)
    {
        var fits = task switch
        {
            "text_to_video" => images == 0 && !hasVideo,
            "image_to_video" => images is 1 or 2 && !hasVideo,
            "reference_to_video" => images is >= 1 and <= 6 && !hasVideo,
            "edit" or "extend" => hasVideo,
            _ => false,
        };
        if (!fits)
        {
            throw new TaskRefusal(400, "INVALID_ARGUMENT", $"The input does not fit the task {task}.");
        }
    }

    private static double Seconds(string? text) => text is null ? 5
        : text.EndsWith('s') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 3 and <= 15 ? seconds
        : throw new TaskRefusal(400, "INVALID_ARGUMENT", "duration is from 3s to 15s.");

    private static async Task CancelAsync(TaskCalls calls, HttpContext context)
    {
        if (!calls.TryFind(LabDoor.IdOf(context), out var job))
        {
            await calls.Door.ErrorAsync(context, 404, "NOT_FOUND", "No such interaction.");
        }
        else if (job.State == LabState.Ended && !job.Stopped)
        {
            // The race that a cancel may lose.
            await LabDoor.JsonAsync(context, Bare(job, "completed"));
        }
        else
        {
            TaskCalls.Stop(job);
            await LabDoor.JsonAsync(context, Bare(job, "cancelled"));
        }
    }

    private static JsonObject Bare(LabJob job, string status) => new() { ["id"] = job.Id, ["object"] = "interaction", ["model"] = job.Model, ["status"] = status };
}
