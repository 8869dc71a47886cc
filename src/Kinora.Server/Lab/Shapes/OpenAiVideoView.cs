using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>The video object as one variant writes it.</summary>
internal sealed class OpenAiVideoView(TimeProvider clock, OpenAiVariant variant)
{
    /// <summary>The object, all keys present as OpenAI has them (openai/openai-openapi 2.3.0, f85dbe2 of 2026-08-21).</summary>
    public JsonObject Write(HttpContext context, LabJob job, LabState state, int progress)
    {
        var done = state == LabState.Ended;
        var ok = done && job.Script.End == "completed";
        var status = job.Stopped ? "cancelled" : state switch
        {
            LabState.Queued => "queued",
            LabState.Running => variant.RunningWord,
            _ => job.Script.End == "moderation" ? "failed" : job.Script.End,
        };
        var view = new JsonObject
        {
            ["id"] = job.Id,
            ["object"] = "video",
            ["model"] = job.Model,
            ["status"] = status,
            ["progress"] = progress,
            ["created_at"] = variant.TaskStyle ? job.CreatedAt.ToUnixTimeMilliseconds() : job.CreatedAt.ToUnixTimeSeconds(),
            ["completed_at"] = ok ? clock.GetUtcNow().ToUnixTimeSeconds() : null,
            ["expires_at"] = ok ? clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() : null,
            ["seconds"] = variant.NumberSeconds ? JsonValue.Create((int)job.Seconds) : job.Seconds.ToString(CultureInfo.InvariantCulture),
            ["size"] = job.Size.ToString(),
            ["remixed_from_video_id"] = job.Source,
            ["error"] = done && !ok ? Reason(job) : null,
        };
        if (variant.EchoesPrompt)
        {
            view["prompt"] = job.Prompt;
        }

        if (variant.TaskStyle)
        {
            view["task_id"] = job.Id;
        }

        if (ok && variant.LinkKey is { } key)
        {
            view[key.Split('.')[0]] = key.Contains('.', StringComparison.Ordinal) ? new JsonObject { [key.Split('.')[1]] = LinkOf(context, job) } : LinkOf(context, job);
        }

        return view;
    }

    public string LinkOf(HttpContext context, LabJob job) =>
        $"{context.Request.Scheme}://{context.Request.Host}/lab/files/{variant.Name}/{Uri.EscapeDataString(job.Id)}?signature={LabLedger.Fingerprint(job.Id)}";

    private static JsonObject Reason(LabJob job) => job.Script.End == "moderation"
        ? new JsonObject { ["code"] = "moderation_blocked", ["message"] = "Our moderation system blocked the result." }
        : new JsonObject { ["code"] = "lab_" + job.Script.End, ["message"] = "The script said so." };
}
