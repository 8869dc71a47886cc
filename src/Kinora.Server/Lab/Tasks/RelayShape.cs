using System.Text.Json.Nodes;
using Kinora.Catalog;

namespace Kinora.Server.Lab.Tasks;

/// <summary>What the relays of the lab have in common: bodies that are read loosely, and ways to fail that nobody has written down.</summary>
internal abstract class RelayShape : TaskShape
{
    public override JsonObject Error(int status, string code, string message) => new() { ["error"] = new JsonObject { ["message"] = message, ["message_zh"] = message, ["type"] = code } };

    public override string? Prompt(LabBody body) => body["prompt"] ?? "";

    public override TaskWish Read(HttpContext context, LabBody body)
    {
        if (string.IsNullOrEmpty(body["prompt"]))
        {
            throw new TaskRefusal(400, "invalid_request", "prompt is required.");
        }

        return new TaskWish(body["model"] ?? "sora-2", SizeOf(body), double.TryParse(body["duration"] ?? body["seconds"], out var seconds) ? seconds : 10);
    }

    protected static bool Has(LabJob job, string quirk) => job.Script.Quirk.Contains(quirk);

    /// <summary>The word for an end; as a number where the script says so.</summary>
    protected static string Word(LabJob job, TaskLook look, string queued, string running, string done, string failed) =>
        Has(job, "numbers") && look.Word is null
            ? look.Say("100", "102", job.Script.End == "completed" ? "103" : "104")
            : look.Say(queued, running, job.Script.End switch { "completed" => done, "cancelled" or "expired" => job.Script.End, _ => failed });

    /// <summary>The reason for a failure under one of the names that were seen.</summary>
    protected static void Fail(JsonObject view, LabJob job)
    {
        var reason = job.Script.End == "moderation" ? "The prompt violates the content policy." : "The script said so.";
        if (Has(job, "error_text"))
        {
            view["error"] = reason;
        }
        else if (Has(job, "error_object"))
        {
            view["error"] = new JsonObject { ["message"] = reason, ["message_zh"] = reason, ["type"] = "lab_" + job.Script.End };
        }
        else if (Has(job, "error_message"))
        {
            view["error_message"] = reason;
        }
        else if (Has(job, "failure_reason"))
        {
            view["detail"] = new JsonObject { ["pending_info"] = new JsonObject { ["failure_reason"] = reason } };
        }
        else
        {
            view["fail_reason"] = reason;
        }
    }

    /// <summary>The link, unless the script keeps it back.</summary>
    protected static string? Shown(LabJob job, string? link) => Has(job, "no_link") || (Has(job, "no_link_once") && job.LooksAfterTheEnd <= 1) ? null : link;

    private static FrameSize SizeOf(LabBody body)
    {
        if (int.TryParse(body["width"], out var width) && int.TryParse(body["height"], out var height))
        {
            return new FrameSize(width, height);
        }

        var ratio = body["aspect_ratio"] ?? (body["orientation"] == "portrait" ? "9:16" : body["size"] is "9x16" ? "9:16" : "16:9");
        return TaskWish.Frame(body["size"] == "large" || body["hd"] == "true" ? "1080p" : "720p", ratio);
    }
}
