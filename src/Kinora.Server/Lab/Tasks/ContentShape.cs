using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Catalog;

namespace Kinora.Server.Lab.Tasks;

/// <summary>A vendor whose requests are an array of words, pictures and videos with roles.</summary>
internal abstract class ContentShape : TaskShape
{
    public override string? Prompt(LabBody body) => body.Json?["content"] is JsonArray content ? Texts(content) is [var words, ..] ? words : "" : null;

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        var content = (JsonArray)body.Json!["content"]!;
        if (body["model"] is not { Length: > 0 } model)
        {
            throw new TaskRefusal(400, "InvalidParameter", "model is required.");
        }

        if (Texts(content) is not [{ Length: > 0 }])
        {
            throw new TaskRefusal(400, "InvalidParameter", "content must hold one text.");
        }

        var roles = content.Select(item => item!["type"]!.ToString() == "text" ? "text" : item["role"]?.ToString() ?? "").ToList();
        var frames = roles.Count(role => role is "" or "first_frame" or "last_frame");
        if ((frames > 1 && roles.Contains("")) || (roles.Contains("last_frame") && !roles.Contains("first_frame")) || (frames > 0 && roles.Any(role => role.StartsWith("reference", StringComparison.Ordinal))))
        {
            throw new TaskRefusal(400, "InvalidParameter", "These roles do not go together.");
        }

        var resolution = body["resolution"];
        if (resolution is not null && !Resolutions.Contains(resolution))
        {
            throw new TaskRefusal(400, "InvalidParameter", $"resolution is one of {string.Join(", ", Resolutions)}.");
        }

        var seconds = int.Parse(body["duration"] ?? "5", CultureInfo.InvariantCulture);
        Check(model, roles, frames, body["ratio"], seconds);
        return new TaskWish(model, FrameOf(resolution, body["ratio"]), seconds < 0 ? 4 : seconds);
    }

    /// <summary>Its words for resolutions, the default first.</summary>
    protected abstract string[] Resolutions { get; }

    /// <summary>What else it turns away.</summary>
    /// <exception cref="TaskRefusal">It does.</exception>
    protected abstract void Check(string model, IReadOnlyList<string> roles, int frames, string? ratio, int seconds);

    protected virtual FrameSize FrameOf(string? resolution, string? ratio) => TaskWish.Frame(resolution ?? Resolutions[0], ratio);

    /// <summary>A request that stops what waits, deletes what has ended, and is an error while it runs.</summary>
    protected static RequestDelegate Delete(TaskCalls calls) => calls.Door.Answer(async context =>
    {
        if (!calls.TryFind(LabDoor.IdOf(context), out var job))
        {
            await calls.Door.ErrorAsync(context, 404, "NotFound", "No such task.");
        }
        else if (job is { State: LabState.Running, Stopped: false } || (job.Stopped && job.State != LabState.Ended))
        {
            await calls.Door.ErrorAsync(context, 409, "InvalidAction", "The task cannot be deleted now.");
        }
        else
        {
            (job.Stopped, job.Removed) = (job.State != LabState.Ended, job.State == LabState.Ended);
            await LabDoor.JsonAsync(context, []);
        }
    });

    /// <summary>The word for a job's state.</summary>
    protected static string Word(LabJob job, TaskLook look) => job.Stopped ? "cancelled" : look.Say("queued", "running", job.Script.End switch
    {
        "completed" => "succeeded",
        "cancelled" => "cancelled",
        "expired" => "expired",
        _ => "failed",
    });

    private static List<string> Texts(JsonArray content) =>
        [.. content.OfType<JsonObject>().Where(item => item["type"]?.ToString() == "text").Select(item => item["text"]?.ToString() ?? "")];
}
