using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Catalog;
using Kinora.Secrets;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>fal's queue (npm @fal-ai/client 1.10.1; https://fal.ai/docs).</summary>
internal sealed class FalShape : TaskShape
{
    /// <summary>The private key of RFC 8032, 7.1, test 1: no secret.</summary>
    private const string Seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    /// <summary>The public key that belongs to it.</summary>
    public const string PublicKey = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    public override string Name => "fal";

    public override IEnumerable<(string Prefix, string What)> Help =>
        [("/fal", "fal's queue: COMPLETED, then a result that may be 422; found below owner/app alone; a cancel is 202, 400 or 404; the keys of its callbacks are at /lab/keys/fal")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/{owner}/{app}/{**path}", calls.Create);
        group.MapGet("/{owner}/{app}/requests/{id}/status", calls.Look);
        group.MapGet("/{owner}/{app}/requests/{id}", calls.Door.Answer(context => ResultAsync(context, calls)));
        group.MapPut("/{owner}/{app}/requests/{id}/cancel", calls.Door.Answer(context => CancelAsync(context, calls)));
        routes.MapGet("/lab/keys/fal", calls.Door.Answer(context => LabDoor.JsonAsync(context, new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["use"] = "sig", ["x"] = PublicKey }),
        })));
        routes.MapGet("/lab/files/fal/{id}/{index:int}", calls.File);
    }

    public override JsonObject Error(int status, string code, string message) => status == 422
        ? new JsonObject { ["detail"] = new JsonArray(new JsonObject { ["loc"] = new JsonArray("body"), ["msg"] = message, ["type"] = code }) }
        : new JsonObject { ["detail"] = message, ["error_type"] = code };

    public override string? Prompt(LabBody body) => body.IsForm ? null : body["prompt"] ?? "";

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        if (string.IsNullOrEmpty(body["prompt"]))
        {
            throw new TaskRefusal(422, "missing", "Field required: prompt");
        }

        var model = context.Request.Path.Value!["/fal/".Length..];
        var seconds = double.TryParse(body["duration"]?.TrimEnd('s'), CultureInfo.InvariantCulture, out var length) ? length : 5;
        return new TaskWish(model, TaskWish.Frame(body["resolution"], body["aspect_ratio"]), seconds)
        {
            Images = model.Contains("image", StringComparison.Ordinal) && !model.Contains("video", StringComparison.Ordinal)
                ? new ImageWish(int.Parse(body["num_images"] ?? "1", CultureInfo.InvariantCulture), PixelsOf(body.Json!["image_size"]), "medium", "opaque", body["output_format"] ?? "png", 0)
                : null,
        };
    }

    public override Uri? CallbackOf(HttpContext context, LabBody body) => Uri.TryCreate(context.Request.Query["fal_webhook"], UriKind.Absolute, out var url) ? url : null;

    public override IEnumerable<KeyValuePair<string, string>> Signed(LabJob job, string body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes(string.Join('\n', job.Id, "lab-user", time, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))));
        return
        [
            new("X-Fal-Webhook-Request-Id", job.Id), new("X-Fal-Webhook-User-Id", "lab-user"), new("X-Fal-Webhook-Timestamp", time),
            new("X-Fal-Webhook-Signature", Convert.ToHexStringLower(Ed25519.SignWithTestKey(Convert.FromHexString(Seed), signed))),
        ];
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) => Say(context, job, "IN_QUEUE");

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var view = Say(context, job, job.Stopped ? "COMPLETED" : look.Say("IN_QUEUE", "IN_PROGRESS", "COMPLETED"));
        if (look.State == LabState.Running)
        {
            view["progress"] = look.Progress;
        }
        else if (job is { Script.End: "expired", State: LabState.Ended })
        {
            (view["error"], view["error_type"]) = ("Request timed out", "request_timeout");
        }

        return view;
    }

    private static async Task ResultAsync(HttpContext context, TaskCalls calls)
    {
        if (!calls.TryFind(LabDoor.IdOf(context), out var job))
        {
            await calls.Door.ErrorAsync(context, 404, "not_found", "No such request.");
        }
        else if (job.HasVideo)
        {
            await LabDoor.JsonAsync(context, job.Wish is { } pictures
                ? new JsonObject { ["images"] = new JsonArray([.. Enumerable.Range(0, pictures.Count).Select(i => (JsonNode)File(calls.LinkOf(context, job, i), "image/" + pictures.Format))]), ["seed"] = 1 }
                : new JsonObject { ["video"] = File(calls.LinkOf(context, job), "video/mp4"), ["seed"] = 1 });
        }
        else
        {
            var (status, body) = FaultOf(job);
            context.Response.StatusCode = status;
            await LabDoor.JsonAsync(context, body);
        }
    }

    private static Task CancelAsync(HttpContext context, TaskCalls calls)
    {
        var (status, word) = !calls.TryFind(LabDoor.IdOf(context), out var job) ? (404, "NOT_FOUND")
            : job.State == LabState.Ended || job.Stopped ? (400, "ALREADY_COMPLETED") : (202, "CANCELLATION_REQUESTED");
        if (status == 202)
        {
            TaskCalls.Stop(job);
        }

        context.Response.StatusCode = status;
        return LabDoor.JsonAsync(context, new JsonObject { ["status"] = word });
    }

    private static (int Status, JsonObject Body) FaultOf(LabJob job) => (job.Stopped ? "cancelled" : job.State == LabState.Ended ? job.Script.End : "") switch
    {
        "" => (400, new JsonObject { ["detail"] = "Request is still in progress" }),
        "cancelled" => (499, new JsonObject { ["detail"] = "The client cancelled the request.", ["error_type"] = "client_cancelled" }),
        "expired" => (504, new JsonObject { ["detail"] = "Request timed out", ["error_type"] = "request_timeout" }),
        "moderation" => (422, Detail(["body", "prompt"], "The content could not be processed because it was flagged.", "content_policy_violation")),
        _ => (422, Detail(["body", "duration"], "Input should be '5' or '10'", "literal_error")),
    };

    private static JsonObject Detail(string[] place, string message, string type) => new()
    {
        ["detail"] = new JsonArray(new JsonObject { ["loc"] = new JsonArray([.. place.Select(step => (JsonNode)step)]), ["msg"] = message, ["type"] = type }),
    };

    // The path of the endpoint is left out of where it is found.
    private static JsonObject Say(HttpContext context, LabJob job, string word)
    {
        var found = $"{context.Request.Scheme}://{context.Request.Host}/fal/{string.Join('/', job.Model.Split('/').Take(2))}/requests/{job.Id}";
        var said = new JsonObject { ["status"] = word, ["request_id"] = job.Id, ["response_url"] = found, ["status_url"] = found + "/status", ["cancel_url"] = found + "/cancel" };
        if (word == "IN_QUEUE")
        {
            said["queue_position"] = 1;
        }

        return said;
    }

    private static JsonObject File(string link, string type) => new() { ["url"] = link, ["content_type"] = type };

    private static FrameSize PixelsOf(JsonNode? size) => size is JsonObject { Count: 2 } box ? new FrameSize((int)box["width"]!, (int)box["height"]!) : new FrameSize(1024, 1024);
}
