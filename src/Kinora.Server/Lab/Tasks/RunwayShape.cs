using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>Runway's tasks (npm @runwayml/sdk 4.20.1; https://docs.dev.runwayml.com/api).</summary>
internal sealed class RunwayShape : TaskShape
{
    public override string Name => "runway";

    public override IEnumerable<(string Prefix, string What)> Help => [("/runway", "Runway: X-Runway-Version or 400; THROTTLED while queued; DELETE stops a task, or removes a finished one")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v1/text_to_video", calls.Create);
        group.MapPost("/v1/image_to_video", calls.Create);
        group.MapPost("/v1/video_to_video", calls.Create);
        group.MapGet("/v1/tasks/{id}", calls.Door.Answer(context => Named(context) ? calls.LookAsync(context, LabDoor.IdOf(context)) : Unnamed(context, calls)));
        group.MapDelete("/v1/tasks/{id}", calls.Door.Answer(context => Named(context) ? DeleteAsync(context, calls) : Unnamed(context, calls)));
        routes.MapGet("/lab/files/runway/{id}/{index:int}", calls.File);
    }

    public override JsonObject Error(int status, string code, string message) => new() { ["error"] = message, ["docUrl"] = "https://docs.dev.runwayml.com/errors#" + code };

    public override string? Prompt(LabBody body) => body.IsForm ? null : body["promptText"] ?? "";

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        var json = body.Json!;
        var path = context.Request.Path.Value!;
        var fault = !Named(context) ? "The X-Runway-Version header is required."
            : body["model"] is null ? "model: Required"
            : path.EndsWith("image_to_video", StringComparison.Ordinal) && json["promptImage"] is null ? "promptImage: Required"
            : path.EndsWith("video_to_video", StringComparison.Ordinal) && (json["videoUri"] ?? json["promptVideo"]) is null ? "videoUri: Required"
            : !path.EndsWith("video_to_video", StringComparison.Ordinal) && (json["videoUri"] ?? json["promptVideo"]) is not null ? "videoUri: Unrecognized key"
            : path.EndsWith("text_to_video", StringComparison.Ordinal) && json["promptImage"] is not null ? "promptImage: Unrecognized key"
            : null;
        if (fault is not null)
        {
            throw new TaskRefusal(400, "validation", fault);
        }

        var ratio = body["ratio"] is { } word && Catalog.FrameSize.TryParse(word.Replace(':', 'x'), out var pixels) && pixels.Width > 100 ? pixels : TaskWish.Frame(body["resolution"], body["ratio"]);
        return new TaskWish(body["model"]!, ratio, json["duration"] is JsonValue duration && duration.TryGetValue<int>(out var seconds) ? seconds : 5);
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) => new() { ["id"] = job.Id, ["estimatedCost"] = Credits(job) };

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var end = job.Stopped ? "cancelled" : job.Script.End;
        var ended = look.State == LabState.Ended || job.Stopped;
        var view = new JsonObject
        {
            ["id"] = job.Id,
            ["status"] = job.Stopped ? "CANCELLED" : look.Say("THROTTLED", "RUNNING", end switch { "completed" => "SUCCEEDED", "cancelled" => "CANCELLED", _ => "FAILED" }),
            ["createdAt"] = job.CreatedAt.ToString("O"),
            [ended ? "cost" : "estimatedCost"] = Credits(job),
        };
        if ((look.State == LabState.Running || look.Progress > 0) && !ended)
        {
            view["progress"] = look.Progress / 100.0;
        }
        else if (ended && link is not null)
        {
            view["output"] = new JsonArray(link);
        }
        else if (ended && end is not ("completed" or "cancelled"))
        {
            (view["failure"], view["failureCode"]) = ("The script said so.", end == "moderation" ? "SAFETY.INPUT.TEXT" : "INTERNAL.BAD_OUTPUT.CODE01");
        }

        return view;
    }

    private static JsonObject Credits(LabJob job) => new() { ["credits"] = 5 * job.Seconds };

    private static bool Named(HttpContext context) => context.Request.Headers["X-Runway-Version"] == "2024-11-06";

    private static Task Unnamed(HttpContext context, TaskCalls calls) => calls.Door.ErrorAsync(context, 400, "version", "The X-Runway-Version header is required.");

    private static Task DeleteAsync(HttpContext context, TaskCalls calls)
    {
        if (!calls.TryFind(LabDoor.IdOf(context), out var job))
        {
            return calls.Door.ErrorAsync(context, 404, "not_found", "No such task.");
        }

        if (job.State == LabState.Ended)
        {
            job.Removed = true;
        }
        else
        {
            TaskCalls.Stop(job);
        }

        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}
