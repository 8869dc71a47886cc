using System.Text.Json.Nodes;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>OpenRouter's videos and images (npm @openrouter/sdk 1.3.19; https://openrouter.ai/docs/api_reference/videos).</summary>
internal sealed class OpenRouterShape : TaskShape
{
    private const string Base = "/openrouter/api/v1";

    public override string Name => "openrouter";

    public override IEnumerable<(string Prefix, string What)> Help =>
        [(Base, "OpenRouter: videos (202, relative polling_url, signed links that refuse a key), images at once, lists of models")];

    public override int AcceptedStatus => 202;

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/api/v1/videos", calls.Create);
        group.MapGet("/api/v1/videos/models", calls.Door.Answer(context => LabDoor.JsonAsync(context, OpenRouterLists.Videos())));
        group.MapGet("/api/v1/videos/{id}", calls.Look);
        group.MapGet("/api/v1/videos/{id}/content", calls.File);
        group.MapPost("/api/v1/images", calls.Create);
        group.MapGet("/api/v1/images/models", calls.Door.Answer(context => LabDoor.JsonAsync(context, OpenRouterLists.Images())));

        // As stores do with a signed link and a key beside it.
        var two = calls.Door.Answer(context => calls.Door.ErrorAsync(context, 400, "InvalidArgument", "Only one auth mechanism allowed."));
        routes.MapGet("/lab/files/openrouter/{id}/{index:int}", context => LabTraffic.KeyOf(context) is null ? calls.File(context) : two(context));
    }

    public override JsonObject Error(int status, string code, string message) =>
        new() { ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["metadata"] = new JsonObject { ["reason"] = code } } };

    public override string NewId() => $"gen-vid-1763769600-{Guid.NewGuid().ToString("N")[..20]}";

    public override string? Prompt(LabBody body) => body.IsForm ? null : body["prompt"] ?? "";

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        if (body["model"] is not { Length: > 0 } model)
        {
            throw new TaskRefusal(400, "invalid_request", "model is required.");
        }

        if (!IsImages(context))
        {
            var frame = Catalog.FrameSize.TryParse(body["size"] ?? "", out var pixels) ? pixels : TaskWish.Frame(body["resolution"], body["aspect_ratio"]);
            return new TaskWish(model, frame, body.Json!["duration"]?.GetValue<int>() ?? 5);
        }

        return ImageWish.Read(name => body[name]) is ({ } wish, _)
            ? new TaskWish(model, wish.Size, 0) { Images = wish }
            : throw new TaskRefusal(400, "invalid_request", "The image request is not valid.");
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) => new() { ["id"] = job.Id, ["polling_url"] = $"{Base}/videos/{job.Id}", ["status"] = "pending" };

    public override async Task<JsonObject> AcceptedAsync(HttpContext context, LabDesk desk, LabJob job)
    {
        if (job.Wish is not { } wish)
        {
            return Accepted(context, job);
        }

        context.Response.StatusCode = job.Script.End == "completed" ? 200 : 400;
        if (job.Script.End != "completed")
        {
            return Error(400, job.Script.End, Reason(job));
        }

        var data = new JsonArray();
        for (var i = 0; i < wish.Count && job.Script.Picture != "none"; i++)
        {
            data.Add(new JsonObject { ["b64_json"] = (await wish.MakeAsync(desk, job.Script)).Base64, ["media_type"] = "image/" + wish.Format });
        }

        return new JsonObject { ["created"] = job.CreatedAt.ToUnixTimeSeconds(), ["data"] = data, ["usage"] = Usage(0.04 * wish.Count) };
    }

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var end = job.Script.End;
        var view = new JsonObject
        {
            ["id"] = job.Id,
            ["polling_url"] = $"{Base}/videos/{job.Id}",
            ["status"] = look.Say("pending", "in_progress", end is "completed" or "cancelled" or "expired" ? end : "failed"),
        };
        if (look.Progress > 100)
        {
            view["progress"] = look.Progress;
        }

        if (link is not null)
        {
            view["generation_id"] = "gen-" + job.Id;
            view["urls"] = new JsonArray(link);
            view["unsigned_urls"] = job.Script.Inline ? null : new JsonArray($"{context.Request.Scheme}://{context.Request.Host}{Base}/videos/{job.Id}/content?index=0");
            view["usage"] = Usage(0.1 * job.Seconds);
        }
        else if (look.State == LabState.Ended)
        {
            view["error"] = Reason(job);
        }

        return view;
    }

    private static string Reason(LabJob job) => job.Script.End == "moderation" ? "The prompt was blocked by the content policy of the provider." : "The script said so.";

    private static JsonObject Usage(double cost) => new() { ["cost"] = cost, ["is_byok"] = false, ["prompt_tokens"] = 10, ["completion_tokens"] = 100, ["total_tokens"] = 110 };

    private static bool IsImages(HttpContext context) => context.Request.Path.Value!.EndsWith("/images", StringComparison.Ordinal);
}
