using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>MiniMax's second video API (npm @ai-sdk/minimax 3.0.45; https://platform.minimax.io/docs).</summary>
internal sealed class MinimaxShape : ContentShape
{
    private static readonly HttpClient _challenger = new() { Timeout = TimeSpan.FromSeconds(3) };

    public override string Name => "minimax";

    public override IEnumerable<(string Prefix, string What)> Help =>
        [("/minimax", "MiniMax v2: content with roles; task_id, answers wrapped in task, numeric errors; a callback_url on loopback must echo a challenge within 3 s")];

    protected override string[] Resolutions => ["768P", "2K", "480P"];

    protected override void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls)
    {
        group.MapPost("/v2/video_generation", calls.Create);
        group.MapGet("/v2/query/video_generation/{id}", calls.Look);
        group.MapDelete("/v2/video_generation/{id}", Delete(calls));
        routes.MapGet("/lab/files/minimax/{id}/{index:int}", calls.File);
    }

    public override JsonObject Error(int status, string code, string message) =>
        new() { ["type"] = "error", ["error"] = new JsonObject { ["type"] = code, ["message"] = message, ["http_code"] = $"{status}" }, ["request_id"] = "lab" };

    public override JsonObject Accepted(HttpContext context, LabJob job) => new() { ["task_id"] = job.Id };

    /// <summary>The address must answer before the task is made. Only this machine's own are tried.</summary>
    public override async Task VetAsync(HttpContext context, LabBody body)
    {
        if (body["callback_url"] is not { } address || !Uri.TryCreate(address, UriKind.Absolute, out var url) || !url.IsLoopback)
        {
            return;
        }

        var challenge = Guid.NewGuid().ToString("N");
        try
        {
            using var answer = await _challenger.PostAsJsonAsync(url, new { challenge }, context.RequestAborted);
            if ((await answer.Content.ReadFromJsonAsync<JsonObject>(context.RequestAborted))?["challenge"]?.ToString() == challenge)
            {
                return;
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or JsonException && !context.RequestAborted.IsCancellationRequested)
        {
            // Falls to the refusal below.
        }

        throw new TaskRefusal(400, "bad_request_error", "callback_url did not echo the challenge within 3 seconds.");
    }

    public override JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link)
    {
        var word = Word(job, look);
        var task = new JsonObject { ["id"] = job.Id, ["status"] = word, ["model"] = job.Model };
        if (link is not null)
        {
            task["content"] = new JsonObject { ["url"] = link };
            task["resolution"] = job.Size.Height == 1440 || job.Size.Width == 1440 ? "2K" : "768P";
            task["duration"] = job.Seconds;
            task["usage"] = new JsonObject { ["total_seconds"] = job.Seconds, ["input_seconds"] = 0, ["output_seconds"] = job.Seconds };
        }
        else if (word == "failed")
        {
            task["error"] = new JsonObject { ["code"] = job.Script.End == "moderation" ? 1027 : 1000, ["message"] = "The script said so." };
        }

        return new JsonObject { ["task"] = task };
    }

    protected override void Check(string model, IReadOnlyList<string> roles, int frames, string? ratio, int seconds)
    {
        if (frames == 0 && roles.Count == 1 && ratio is null or "adaptive")
        {
            throw new TaskRefusal(400, "bad_request_error", "Words alone need a ratio.");
        }
    }
}
