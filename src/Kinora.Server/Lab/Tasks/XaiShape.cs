using System.Text.Json.Nodes;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>xAI's videos and images (npm @ai-sdk/xai 5.0.12; https://docs.x.ai).</summary>
internal sealed class XaiShape : TaskShape
{
    public override string Name => "xai";

    public override IEnumerable<(string Prefix, string What)> Help => [("/xai/v1", "xAI: generations, edits, extensions; 202 while pending, without a body at first; cost in ticks; images at once")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v1/videos/generations", calls.Create);
        group.MapPost("/v1/videos/edits", calls.Create);
        group.MapPost("/v1/videos/extensions", calls.Create);
        group.MapPost("/v1/images/generations", calls.Create);
        group.MapPost("/v1/images/edits", calls.Create);
        group.MapGet("/v1/videos/{id}", calls.Look);
        routes.MapGet("/lab/files/xai/{id}/{index:int}", calls.File);
    }

    public override JsonObject Error(int status, string code, string message) => status == 422
        ? new JsonObject { ["code"] = code, ["error"] = message }
        : new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = null, ["code"] = code } };

    public override string? Prompt(LabBody body) => body.IsForm ? null : body["prompt"] ?? "";

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        var json = body.Json!;
        var path = context.Request.Path.Value!;
        if (string.IsNullOrEmpty(body["prompt"]))
        {
            throw new TaskRefusal(400, "invalid_request", "prompt is required.");
        }

        if (path.Contains("/images/", StringComparison.Ordinal))
        {
            return Pictures(json, body, path.EndsWith("/edits", StringComparison.Ordinal));
        }

        if (!path.EndsWith("/generations", StringComparison.Ordinal) && json["video"]?["url"] is null)
        {
            throw new TaskRefusal(400, "invalid_request", "video.url is required.");
        }

        if (json["resolution"]?.ToString() == "1080p" && (json["reference_images"] is not null || body["model"] != "grok-imagine-video-1.5"))
        {
            throw new TaskRefusal(422, "invalid_request", "1080p is not available here.");
        }

        return new TaskWish(body["model"] ?? "grok-imagine-video", TaskWish.Frame(body["resolution"] ?? "480p", body["aspect_ratio"]), json["duration"]?.GetValue<int>() ?? 6);
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) => new() { ["request_id"] = job.Id };

    public override async Task<JsonObject> AcceptedAsync(HttpContext context, LabDesk desk, LabJob job)
    {
        if (job.Wish is not { } wish)
        {
            return Accepted(context, job);
        }

        if (job.Script.End is not ("completed" or "moderation"))
        {
            context.Response.StatusCode = 400;
            return Error(400, "lab_" + job.Script.End, "The script said so.");
        }

        // A link is good as soon as it is told.
        while (job.State != LabState.Ended)
        {
            job.Look();
        }

        var data = new JsonArray();
        for (var i = 0; i < wish.Count && job.Script.Picture != "none"; i++)
        {
            data.Add(await PictureAsync(context, desk, job, i));
        }

        return new JsonObject { ["data"] = data, ["usage"] = new JsonObject { ["cost_in_usd_ticks"] = wish.Count * 600_000_000L } };
    }

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        if (look.State != LabState.Ended)
        {
            context.Response.StatusCode = 202;
        }

        var view = new JsonObject { ["status"] = look.Say("pending", "pending", Ended(job.Script.End)), ["progress"] = look.Progress, ["model"] = job.Model };
        if (link is not null || (look.State == LabState.Ended && job.Script.End == "moderation"))
        {
            view["video"] = new JsonObject { ["url"] = link, ["duration"] = job.Seconds, ["respect_moderation"] = job.Script.End != "moderation" };
            view["usage"] = new JsonObject { ["cost_in_usd_ticks"] = (long)(job.Seconds * 800_000_000) };
        }
        else if (look.State == LabState.Ended)
        {
            view["error"] = new JsonObject { ["code"] = "lab_" + job.Script.End, ["message"] = "The script said so." };
        }

        return view;
    }

    private static async Task<JsonObject> PictureAsync(HttpContext context, LabDesk desk, LabJob job, int index)
    {
        if (job.Script.End == "moderation")
        {
            return new JsonObject { ["respect_moderation"] = false };
        }

        var wish = job.Wish!;
        var picture = new JsonObject { ["mime_type"] = "image/" + wish.Format, ["revised_prompt"] = "As drawn: " + job.Prompt, ["respect_moderation"] = true };
        if (job.Script.Picture == "url" || wish.AsLinks)
        {
            picture["url"] = TaskCalls.LinkTo(context, job.Shape, job, index);
        }
        else
        {
            picture["b64_json"] = (await wish.MakeAsync(desk, job.Script)).Base64;
        }

        return picture;
    }

    private static TaskWish Pictures(JsonObject json, LabBody body, bool edits)
    {
        JsonNode?[] inputs = json["images"] is JsonArray many ? many.ToArray() : json["image"] is { } one ? [one] : [];
        var count = json["n"]?.GetValue<int>() ?? 1;
        var fault = json["size"] is not null ? "Argument not supported: size"
            : edits != inputs.Length > 0 || inputs.Any(input => input?["url"] is null) ? "Pictures to start from belong to edits, and each has a url."
            : inputs.Length > 3 ? "At most 3 images."
            : count is < 1 or > 10 ? "n is 1 to 10."
            : body["quality"] is not (null or "low" or "medium") ? "quality is low or medium."
            : body["response_format"] is not (null or "url" or "b64_json") ? "response_format is url or b64_json."
            : null;
        if (fault is not null)
        {
            throw new TaskRefusal(400, "invalid_request", fault);
        }

        if (body["resolution"] is not (null or "1k" or "2k"))
        {
            throw new TaskRefusal(422, "invalid_request", "resolution is 1k or 2k.");
        }

        var size = TaskWish.Frame(body["resolution"] == "2k" ? "2048" : "1024", body["aspect_ratio"] is null or "auto" ? "1:1" : body["aspect_ratio"]);
        return new TaskWish(body["model"] ?? "grok-imagine-image", size, 0)
        {
            Images = new ImageWish(count, size, body["quality"] ?? "medium", "opaque", "jpeg", 0) { AsLinks = body["response_format"] != "b64_json" },
        };
    }

    // It has no word for a job that was stopped.
    private static string Ended(string end) => end switch { "completed" or "moderation" => "done", "expired" => "expired", _ => "failed" };
}
