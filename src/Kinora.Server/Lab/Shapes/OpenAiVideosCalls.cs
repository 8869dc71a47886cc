using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>What is asked of jobs that are there: looks, lists, results, deletion.</summary>
internal sealed class OpenAiVideosCalls(LabDesk desk, LabDoor door, OpenAiVariant variant)
{
    private readonly OpenAiVideoView _view = new(desk.Clock, variant);

    public static Task ModelsAsync(HttpContext context) => LabDoor.JsonAsync(context, new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray(new JsonObject { ["id"] = "lab-video", ["object"] = "model", ["created"] = 0, ["owned_by"] = "lab" }),
    });

    public async Task RetrieveAsync(HttpContext context)
    {
        if (!desk.TryFind(variant.Shape, LabDoor.IdOf(context), out var job))
        {
            await door.ErrorAsync(context, 404, "not_found", "No such video.");
            return;
        }

        job.NotePoll();
        if (await door.BendsAsync(context, job, () => Task.FromResult(_view.Write(context, job, LabState.Running, 50))) is { } bends)
        {
            await (bends.Contains(ShapeFaults.Vanish) ? door.ErrorAsync(context, 404, "not_found", "No such video.") : LabDoor.JsonAsync(context, Bent(context, job, bends)));
        }
    }

    /// <summary>The relay's other door: the word outside stays "pending" while the job runs inside (juxinapi.apifox.cn, read 2026-11-21). Faults do not play here.</summary>
    public Task QueryAsync(HttpContext context)
    {
        if (!desk.TryFind(variant.Shape, context.Request.Query["id"].ToString(), out var job))
        {
            return door.ErrorAsync(context, 404, "not_found", "No such task.");
        }

        job.NotePoll();
        var (state, progress, _) = job.Look();
        return LabDoor.JsonAsync(context, state != LabState.Ended
            ? new JsonObject
            {
                ["id"] = job.Id,
                ["status"] = "pending",
                ["detail"] = new JsonObject { ["status"] = "pending", ["pending_info"] = new JsonObject { ["status"] = "processing", ["progress_pct"] = progress / 100.0 } },
            }
            : job.HasVideo
                ? new JsonObject { ["id"] = job.Id, ["status"] = "completed", ["video_url"] = null, ["detail"] = new JsonObject { ["url"] = _view.LinkOf(context, job) } }
                : new JsonObject { ["id"] = job.Id, ["status"] = "failed", ["fail_reason"] = "The script said so." });
    }

    public async Task ContentAsync(HttpContext context)
    {
        if (!desk.TryFind(variant.Shape, LabDoor.IdOf(context), out var job))
        {
            await door.ErrorAsync(context, 404, "not_found", "No such video.");
        }
        else if (!job.HasVideo)
        {
            await door.ErrorAsync(context, 404, "video_not_ready", "The video is not ready.");
        }
        else
        {
            await SendFileAsync(context, job);
        }
    }

    public Task FileAsync(HttpContext context) =>
        desk.TryFind(variant.Shape, LabDoor.IdOf(context), out var job) ? SendFileAsync(context, job) : door.ErrorAsync(context, 404, "not_found", "No such file.");

    public Task ListAsync(HttpContext context)
    {
        var jobs = desk.Jobs.Where(job => job.Shape == variant.Shape && !job.Removed).ToList();
        if (variant.List == ListForm.Bare)
        {
            return LabDoor.JsonAsync(context, new JsonObject { ["object"] = "list", ["data"] = Array(jobs) });
        }

        var query = context.Request.Query;
        if (query["order"] == "asc")
        {
            jobs.Reverse();
        }

        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 0, 100) : 20;
        var after = query["after"].ToString();
        var rest = after.Length == 0 ? jobs : [.. jobs.SkipWhile(job => job.Id != after).Skip(1)];
        var page = rest.Take(limit).ToList();
        return LabDoor.JsonAsync(context, new JsonObject
        {
            ["object"] = "list",
            ["data"] = Array(page),
            ["first_id"] = page.FirstOrDefault()?.Id,
            ["last_id"] = page.LastOrDefault()?.Id,
            ["has_more"] = rest.Count > page.Count,
        });

        JsonArray Array(IEnumerable<LabJob> some) => [.. some.Select(job => _view.Write(context, job, job.State, job.State == LabState.Ended ? 100 : 0))];
    }

    public async Task DeleteAsync(HttpContext context)
    {
        if (!desk.TryFind(variant.Shape, LabDoor.IdOf(context), out var job))
        {
            await door.ErrorAsync(context, 404, "not_found", "No such video.");
            return;
        }

        if (variant.Delete == DeleteForm.FinishedOnly && job.State != LabState.Ended)
        {
            await door.ErrorAsync(context, 400, "video_not_terminal", "The video is still being made.");
            return;
        }

        job.Stopped = variant.Delete == DeleteForm.Stops;
        job.Removed = true;
        var view = _view.Write(context, job, job.State, 0);
        view["status"] = "deleted";
        await LabDoor.JsonAsync(context, variant.Delete == DeleteForm.Object ? view : new JsonObject { ["id"] = job.Id, ["object"] = "video.deleted", ["deleted"] = true });
    }

    private JsonObject Bent(HttpContext context, LabJob job, IReadOnlyList<string> bends)
    {
        var (state, progress, runningLook) = bends.Contains(ShapeFaults.Stuck) ? (LabState.Running, 50, 0) : job.Look();
        if (state == LabState.Ended)
        {
            return _view.Write(context, job, state, progress);
        }

        var back = bends.Contains(ShapeFaults.Backwards) && runningLook > 1;
        var view = back ? _view.Write(context, job, LabState.Queued, 0) : _view.Write(context, job, state, progress);
        if (bends.Contains(ShapeFaults.UnknownStatus))
        {
            view["status"] = "pondering";
        }

        if (bends.Contains(ShapeFaults.Over100))
        {
            view["progress"] = 250;
        }

        return view;
    }

    private async Task SendFileAsync(HttpContext context, LabJob job)
    {
        job.NoteContent();
        var file = new LabFile(await desk.Videos.MakeAsync(job.Size, job.Seconds), job.Script.Bytes, LabLedger.Fingerprint(job.Id)!);
        if (await LabFaults.PlayAsync(job.Script.Content, job.TakesTurn, argument => door.Call(context, argument) with { File = file }) is null)
        {
            await LabContent.SendAsync(context, file);
        }
    }
}
