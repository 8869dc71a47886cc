using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Catalog;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>Replicate's predictions (npm replicate 1.4.0; https://replicate.com/docs/reference/http).</summary>
internal sealed class ReplicateShape : TaskShape
{
    /// <summary>The secret its callbacks are signed with: <c>whsec_</c> and 24 bytes in base64.</summary>
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>Far fewer than there, so that lists have pages.</summary>
    private const int PageSize = 3;

    private static readonly TimeSpan _linksLive = TimeSpan.FromHours(1);

    public override string Name => "replicate";

    public override int AcceptedStatus => 201;

    public override IEnumerable<(string Prefix, string What)> Help =>
        [("/replicate/v1", "Replicate: by model or by version; a list by cursor; inline=1 (or Prefer: wait) answers with what is done at once; links die after an hour")];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v1/models/{owner}/{model}/predictions", calls.Create);
        group.MapPost("/v1/predictions", calls.Create);
        group.MapGet("/v1/predictions", calls.Door.Answer(context => ListAsync(context, calls)));
        group.MapGet("/v1/predictions/{id}", calls.Look);
        group.MapPost("/v1/predictions/{id}/cancel", calls.Door.Answer(context => CancelAsync(context, calls)));
        group.MapGet("/v1/webhooks/default/secret", calls.Door.Answer(context => LabDoor.JsonAsync(context, new JsonObject { ["key"] = Secret })));
        routes.MapGet("/lab/files/replicate/{id}/{index:int}", context =>
            calls.TryFind(LabDoor.IdOf(context), out var job) && calls.Desk.Clock.GetUtcNow() - job.CreatedAt > _linksLive
                ? calls.Door.ErrorAsync(context, 404, "not_found", "The file has expired.")
                : calls.File(context));
    }

    public override JsonObject Error(int status, string code, string message) => new()
    {
        ["title"] = code,
        ["detail"] = message,
        ["status"] = status,
        ["type"] = "https://replicate.com/docs/reference/http#" + code,
    };

    public override string? Prompt(LabBody body) => body.Json?["input"] is JsonObject input ? input["prompt"]?.ToString() ?? "" : null;

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        var input = (JsonObject)body.Json!["input"]!;
        if (string.IsNullOrEmpty(input["prompt"]?.ToString()))
        {
            throw new TaskRefusal(422, "invalid_input", "- input: prompt is required");
        }

        var model = context.Request.RouteValues["owner"] is { } owner ? $"{owner}/{context.Request.RouteValues["model"]}" : "by-version/" + body["version"];
        if (model == "by-version/")
        {
            throw new TaskRefusal(422, "invalid_input", "- version is required");
        }

        string? Text(string name) => input[name]?.ToString();
        return new TaskWish(model, TaskWish.Frame(Text("resolution"), Text("aspect_ratio")), double.TryParse(Text("duration"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 5)
        {
            Echo = (JsonObject)input.DeepClone(),
            Images = input["output_format"] is null ? null
                : new ImageWish(int.Parse(Text("num_outputs") ?? "1", CultureInfo.InvariantCulture), new FrameSize(1024, 1024), "medium", "opaque", Text("output_format") == "jpg" ? "jpeg" : Text("output_format")!, 0),
        };
    }

    public override Uri? CallbackOf(HttpContext context, LabBody body) => Uri.TryCreate(body["webhook"], UriKind.Absolute, out var url) ? url : null;

    /// <summary>As Standard Webhooks has it.</summary>
    public override IEnumerable<KeyValuePair<string, string>> Signed(LabJob job, string body, DateTimeOffset at)
    {
        var (id, time) = ("msg_" + job.Number.ToString(CultureInfo.InvariantCulture), at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var mac = HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{time}.{body}"));
        return [new("webhook-id", id), new("webhook-timestamp", time), new("webhook-signature", "v1," + Convert.ToBase64String(mac))];
    }

    public override JsonObject Accepted(HttpContext context, LabJob job) =>
        job.HasVideo && (job.Script.Inline || context.Request.Headers["Prefer"].ToString().StartsWith("wait", StringComparison.Ordinal))
            ? View(context, job, new TaskLook(LabState.Ended, 100, null), TaskCalls.LinkTo(context, Name, job))
            : View(context, job, new TaskLook(LabState.Queued, 0, null), null);

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var over = job.Stopped || look.State == LabState.Ended;
        var here = $"{context.Request.Scheme}://{context.Request.Host}/replicate/v1/predictions/{job.Id}";
        return new JsonObject
        {
            ["id"] = job.Id,
            ["model"] = job.Model,
            ["input"] = job.Echo!.DeepClone(),
            ["logs"] = "",
            ["status"] = job.Stopped ? "canceled" : look.Say("starting", "processing", Ended(job.Script.End)),
            ["output"] = link is null ? null : job.Wish is { Count: > 1 } many ? new JsonArray([.. Enumerable.Range(0, many.Count).Select(i => (JsonNode)TaskCalls.LinkTo(context, Name, job, i))]) : link,
            ["error"] = !over || link is not null ? null : job.Script.End == "moderation" ? "The input or output was flagged as sensitive. Please try again with different inputs. (E005)" : "The script said so.",
            ["metrics"] = over ? new JsonObject { ["predict_time"] = 1.5 } : new JsonObject(),
            ["created_at"] = job.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["urls"] = new JsonObject { ["get"] = here, ["cancel"] = here + "/cancel" },
            ["data_removed"] = false,
        };
    }

    private async Task ListAsync(HttpContext context, TaskCalls calls)
    {
        var skipped = int.TryParse(context.Request.Query["cursor"], out var cursor) ? cursor : 0;
        var jobs = calls.Desk.Jobs.Where(job => job.Shape == Name && !job.Removed).Skip(skipped).Take(PageSize + 1).ToList();
        await LabDoor.JsonAsync(context, new JsonObject
        {
            ["previous"] = null,
            ["next"] = jobs.Count > PageSize ? $"{context.Request.Scheme}://{context.Request.Host}/replicate/v1/predictions?cursor={skipped + PageSize}" : null,
            ["results"] = new JsonArray([.. jobs.Take(PageSize).Select(job => (JsonNode)View(context, job, new TaskLook(job.State, 0, null), null))]),
        });
    }

    private async Task CancelAsync(HttpContext context, TaskCalls calls)
    {
        if (!calls.TryFind(LabDoor.IdOf(context), out var job))
        {
            await calls.Door.ErrorAsync(context, 404, "not_found", "The requested resource could not be found.");
            return;
        }

        if (job.State != LabState.Ended)
        {
            TaskCalls.Stop(job);
        }

        await LabDoor.JsonAsync(context, View(context, job, new TaskLook(job.State, 0, null), job.HasVideo ? TaskCalls.LinkTo(context, Name, job) : null));
    }

    private static string Ended(string end) => end switch { "completed" => "succeeded", "cancelled" => "canceled", "expired" => "aborted", _ => "failed" };
}
