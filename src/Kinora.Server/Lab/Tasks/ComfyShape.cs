using System.Net;
using System.Text.Json.Nodes;
using Kinora.Catalog;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>ComfyUI (https://docs.comfy.org/development/comfyui-server/comms_routes): the client chooses the id; history and queue tell how a job stands.</summary>
internal sealed class ComfyShape : TaskShape
{
    public override string Name => "comfy";

    public override bool NeedsKey => false;

    public override IEnumerable<(string Prefix, string What)> Help =>
        [("/comfy", "ComfyUI: /prompt with an id of the client's, /history, /queue, /interrupt, /upload/image, /view, /ws; POST /lab/comfy/restart loses queue and history")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        var sockets = new ComfySockets();
        group.MapPost("/prompt", calls.Create);
        group.MapGet("/history/{id}", calls.Door.Answer(async context =>
        {
            var known = calls.TryFind(LabDoor.IdOf(context), out var job);
            await (known ? calls.LookAsync(context, job.Id) : LabDoor.JsonAsync(context, []));
            if (known && job.State == LabState.Running)
            {
                await sockets.TellAsync(job);
            }
        }));
        group.MapGet("/queue", calls.Door.Answer(context => LabDoor.JsonAsync(context, ComfyQueue.Show(Mine(calls)))));
        group.MapPost("/queue", calls.Door.Answer(context => ComfyQueue.DeleteAsync(context, Mine(calls))));
        group.MapPost("/interrupt", calls.Door.Answer(context => ComfyQueue.InterruptAsync(context, Mine(calls))));
        group.MapPost("/upload/image", calls.Door.Answer(context => UploadAsync(context, calls)));

        // A redirect that the lab plays changes the query, which is where the name stands: then it is the last one.
        var last = "";
        group.MapGet("/view", context =>
        {
            context.Request.RouteValues["id"] = last = context.Request.Query["filename"] is [{ } name, ..] ? name.Split('_')[0] : last;
            return calls.File(context);
        });
        group.MapGet("/ws", context => sockets.ServeAsync(context, calls.Desk.Stopping));
        routes.MapPost("/lab/comfy/restart", context =>
        {
            foreach (var job in Mine(calls))
            {
                job.Removed = true;
            }

            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });
    }

    public override JsonObject Error(int status, string code, string message) => new()
    {
        ["error"] = new JsonObject { ["type"] = code, ["message"] = message, ["details"] = "", ["extra_info"] = new JsonObject() },
        ["node_errors"] = new JsonObject(),
    };

    // Every text of the graph: one of them is the prompt.
    public override string? Prompt(LabBody body) => body.Json?["prompt"] is JsonObject graph ? string.Join('\n', Inputs(graph, "text").Select(input => input.Value?.ToString())) : null;

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        var graph = (JsonObject)body.Json!["prompt"]!;
        if (Inputs(graph, "text").Any(input => string.IsNullOrEmpty(input.Value?.ToString())))
        {
            throw new TaskRefusal(400, "prompt_no_text", "The prompt has no text.");
        }

        int? Number(string name) => Inputs(graph, name).Select(input => input.Value).OfType<JsonValue>().Select(value => value.TryGetValue<int>(out var number) ? number : (int?)null).FirstOrDefault();
        var size = new FrameSize(Number("width") ?? 320, Number("height") ?? 180);
        var isImage = graph.Any(node => node.Value?["class_type"]?.ToString() == "SaveImage");
        return new TaskWish("graph", size, (Number("length") ?? 16) / (double)(Number("fps") ?? 16))
        {
            Id = body["prompt_id"],
            Images = isImage ? new ImageWish(1, size, "medium", "opaque", "png", 0) : null,
        };
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) => new() { ["prompt_id"] = job.Id, ["number"] = job.Number, ["node_errors"] = new JsonObject() };

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        if (look.State != LabState.Ended && !job.Stopped)
        {
            return [];
        }

        var end = job.Stopped ? "cancelled" : job.Script.End;
        var messages = end switch
        {
            "completed" => new JsonArray(new JsonArray("execution_success", new JsonObject { ["prompt_id"] = job.Id })),
            "cancelled" => new JsonArray(new JsonArray("execution_interrupted", new JsonObject { ["prompt_id"] = job.Id, ["node_id"] = "3" })),
            _ => new JsonArray(new JsonArray("execution_error", new JsonObject { ["node_id"] = "3", ["node_type"] = "KSampler", ["exception_message"] = "The script said so.\n" })),
        };
        var file = new JsonObject { ["filename"] = $"{job.Id}_00001.{(job.Wish is null ? "mp4" : "png")}", ["subfolder"] = "video", ["type"] = "output" };
        return new JsonObject
        {
            [job.Id] = new JsonObject
            {
                ["prompt"] = new JsonArray(job.Number, job.Id),
                ["outputs"] = end == "completed" ? new JsonObject { ["9"] = new JsonObject { [job.Number % 2 == 0 ? "gifs" : "images"] = new JsonArray(file), ["animated"] = new JsonArray(true) } } : [],
                ["status"] = new JsonObject { ["status_str"] = end == "completed" ? "success" : "error", ["completed"] = end == "completed", ["messages"] = messages },
            },
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Inputs(JsonObject graph, string name) =>
        graph.Select(node => node.Value?["inputs"]).OfType<JsonObject>().SelectMany(inputs => inputs).Where(input => input.Key == name);

    private LabJob[] Mine(TaskCalls calls) => [.. calls.Desk.Jobs.Where(job => job.Shape == Name && !job.Removed)];

    private static async Task UploadAsync(HttpContext context, TaskCalls calls)
    {
        if (await LabBody.ReadAsync(context) is not { IsForm: true, Files: [{ Field: "image" } file, ..] } body)
        {
            await calls.Door.ErrorAsync(context, (int)HttpStatusCode.BadRequest, "no_image", "A form with a file named image is expected.");
            return;
        }

        await LabDoor.JsonAsync(context, new JsonObject { ["name"] = file.Name, ["subfolder"] = body["subfolder"] ?? "", ["type"] = body["type"] ?? "input" });
    }
}
