using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Catalog;

namespace Kinora.Server.Lab.Shapes;

/// <summary>The calls of one variant.</summary>
internal sealed class OpenAiVideosCalls(LabDesk desk, OpenAiVariant variant)
{
    private static readonly string[] _known =
    [
        "prompt", "model", "seconds", "size", "input_reference", "input_reference[image_url]", "input_reference[file_id]", "characters", "video", "video[id]",
    ];

    private readonly string _shape = "openai-videos/" + variant.Name;
    private readonly OpenAiVideoView _view = new(desk.Clock, variant);

    // Links of results ask for no key, as on a file host.
    private readonly LabDoor _door = new(desk, variant.Error, context => variant.NeedsKey && context.Request.Path.StartsWithSegments("/" + variant.Name));

    public static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    public RequestDelegate Answer(Func<HttpContext, Task> call) => _door.Answer(call);

    public static Task ModelsAsync(HttpContext context) => LabDoor.JsonAsync(context, new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray(new JsonObject { ["id"] = "lab-video", ["object"] = "model", ["created"] = 0, ["owned_by"] = "lab" }),
    });

    public async Task FollowUpAsync(HttpContext context) => await CreateAsync(context, "");

    /// <summary>A create, or what makes a new job from an old one.</summary>
    /// <param name="source">Null for a create; the id of a remix; empty when the body names it.</param>
    public async Task CreateAsync(HttpContext context, string? source)
    {
        if (await LabBody.ReadAsync(context) is not { } body)
        {
            await _door.ErrorAsync(context, 400, "invalid_body", "The body is neither JSON nor a form.");
            return;
        }

        LabScript script;
        try
        {
            script = _door.ScriptOf(context, body["prompt"] ?? "");
        }
        catch (FormatException fault)
        {
            await _door.ErrorAsync(context, 400, "invalid_script", fault.Message);
            return;
        }

        var who = LabDoor.Who(context, body["prompt"]);
        if (await LabFaults.PlayAsync(script.Create.Where(planned => !planned.Fault.Accepts), planned => desk.TakesTurn(who, planned), argument => _door.Call(context, argument)) is not null)
        {
            return;
        }

        source = source is "" ? SourceIn(body) : source;
        if (Refusal(body, source) is { } refusal)
        {
            await _door.ErrorAsync(context, refusal.Status, refusal.Code, refusal.Message);
            return;
        }

        await AcceptAsync(context, body, script, source);
    }

    public async Task RetrieveAsync(HttpContext context)
    {
        if (!desk.TryFind(_shape, IdOf(context), out var job))
        {
            await _door.ErrorAsync(context, 404, "not_found", "No such video.");
            return;
        }

        job.NotePoll();
        if (await _door.BendsAsync(context, job, () => Task.FromResult(_view.Write(context, job, LabState.Running, 50))) is { } bends)
        {
            await (bends.Contains(ShapeFaults.Vanish) ? _door.ErrorAsync(context, 404, "not_found", "No such video.") : LabDoor.JsonAsync(context, Bent(context, job, bends)));
        }
    }

    /// <summary>The relay's other door: the word outside stays "pending" while the job runs inside (facts/providers.md 3.1). Faults do not play here.</summary>
    public Task QueryAsync(HttpContext context)
    {
        if (!desk.TryFind(_shape, context.Request.Query["id"].ToString(), out var job))
        {
            return _door.ErrorAsync(context, 404, "not_found", "No such task.");
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
        if (!desk.TryFind(_shape, IdOf(context), out var job))
        {
            await _door.ErrorAsync(context, 404, "not_found", "No such video.");
        }
        else if (!job.HasVideo)
        {
            await _door.ErrorAsync(context, 404, "video_not_ready", "The video is not ready.");
        }
        else
        {
            await SendFileAsync(context, job);
        }
    }

    public Task FileAsync(HttpContext context) =>
        desk.TryFind(_shape, IdOf(context), out var job) ? SendFileAsync(context, job) : _door.ErrorAsync(context, 404, "not_found", "No such file.");

    public Task ListAsync(HttpContext context)
    {
        var jobs = desk.Jobs.Where(job => job.Shape == _shape && !job.Removed).ToList();
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
        if (!desk.TryFind(_shape, IdOf(context), out var job))
        {
            await _door.ErrorAsync(context, 404, "not_found", "No such video.");
            return;
        }

        if (variant.Delete == DeleteForm.FinishedOnly && job.State != LabState.Ended)
        {
            await _door.ErrorAsync(context, 400, "video_not_terminal", "The video is still being made.");
            return;
        }

        job.Stopped = variant.Delete == DeleteForm.Stops;
        job.Removed = true;
        var view = _view.Write(context, job, job.State, 0);
        view["status"] = "deleted";
        await LabDoor.JsonAsync(context, variant.Delete == DeleteForm.Object ? view : new JsonObject { ["id"] = job.Id, ["object"] = "video.deleted", ["deleted"] = true });
    }

    // What the real servers refuse (facts/providers.md 2.1 to 2.6, facts/openai-videos.md 2.1).
    private (int Status, string Code, string Message)? Refusal(LabBody body, string? source)
    {
        if (string.IsNullOrEmpty(body["prompt"]))
        {
            return (variant.Error == OpenAiVariant.All[0].Error ? 400 : 422, "missing_required_parameter", "prompt: field required");
        }

        if (source is not null)
        {
            return source.Length == 0 || desk.TryFind(_shape, source, out _) ? null : (404, "not_found", "No such video to start from.");
        }

        if (variant.FormOnly && !body.IsForm)
        {
            return (422, "invalid_type", "This server takes forms only.");
        }

        if (variant.FormNeedsFile && body.IsForm && body.Files.All(file => file.Field != variant.FileField))
        {
            return (400, "missing_required_parameter", $"{variant.FileField} is required in a form; send JSON for text.");
        }

        if (variant.RatioSizes && body["size"] is not (null or "16x9" or "9x16"))
        {
            return (400, "invalid_value", "size is 16x9 or 9x16.");
        }

        if (variant.Strict && body.Fields.Keys.Except(_known).FirstOrDefault() is { } unknown)
        {
            return (400, "unknown_parameter", $"Unknown parameter: '{unknown}'.");
        }

        return variant.Strict && body.Json?["seconds"] is JsonValue seconds && !seconds.TryGetValue<string>(out _)
            ? (400, "invalid_type", "Invalid type for 'seconds': expected a string.")
            : null;
    }

    private static string SourceIn(LabBody body) => body["video[id]"] ?? (body.Json?["video"] as JsonObject)?["id"]?.GetValue<string>() ?? "";

    private async Task AcceptAsync(HttpContext context, LabBody body, LabScript script, string? source)
    {
        var job = new LabJob
        {
            Id = variant.Id(Guid.NewGuid().ToString("N")),
            Shape = _shape,
            CreatedAt = desk.Clock.GetUtcNow(),
            Script = variant.Blocks ? script with { Queued = 0, Running = 0 } : script,
            Prompt = body["prompt"]!,
            Model = body["model"] ?? "lab-video",
            Size = SizeOf(body),
            Seconds = double.TryParse(body["seconds"], CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 600 ? seconds : 4,
            Source = source is "" ? null : source,
        };
        desk.Add(job);
        desk.Videos.Prepare(job.Size, job.Seconds);
        var late = script.Create.Where(planned => planned.Fault.Accepts && desk.TakesTurn(LabDoor.Who(context, body["prompt"]), planned)).ToList();
        desk.Ledger.Add(new LabCreate(
            job.CreatedAt,
            _shape,
            context.Request.Path,
            LabLedger.Fingerprint(LabTraffic.KeyOf(context)),
            body.Hash,
            job.Id,
            context.Request.Headers["Idempotency-Key"].FirstOrDefault(),
            LabLedger.Hash(Encoding.UTF8.GetBytes(job.Prompt)),
            script.Text,
            late.Count > 0 ? late[0].Fault.Name : "200",
            body.Fields.Where(field => field.Key != "prompt").ToDictionary(StringComparer.Ordinal),
            body.Files));
        var answer = variant.Blocks ? await FinishedAsync(context, job) : _view.Write(context, job, LabState.Queued, 0);
        if (await LabFaults.PlayAsync(late, _ => true, argument => _door.Call(context, argument) with { Answer = LabDoor.Bytes(answer) }) is not null)
        {
            return;
        }

        if (late.Any(planned => planned.Fault.Name == ShapeFaults.NoId))
        {
            answer.Remove("id");
            answer.Remove("task_id");
        }

        await LabDoor.JsonAsync(context, answer);
    }

    private FrameSize SizeOf(LabBody body) => variant.RatioSizes
        ? body["size"] == "16x9" ? new FrameSize(1280, 720) : new FrameSize(720, 1280)
        : FrameSize.TryParse(body["size"], out var size) && size is { Width: >= 16 and <= 4096, Height: >= 16 and <= 4096 } ? size : new FrameSize(720, 1280);

    // A blocking server: the end is known when the create answers.
    private async Task<JsonObject> FinishedAsync(HttpContext context, LabJob job)
    {
        var view = _view.Write(context, job, LabState.Ended, 100);
        if (job.Script.End == "completed")
        {
            view["data"] = new JsonArray(job.Script.Inline
                ? new JsonObject { ["b64_json"] = Convert.ToBase64String(await desk.Videos.MakeAsync(job.Size, job.Seconds)) }
                : new JsonObject { ["url"] = _view.LinkOf(context, job) });
        }

        return view;
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
        if (await LabFaults.PlayAsync(job.Script.Content, job.TakesTurn, argument => _door.Call(context, argument) with { File = file }) is null)
        {
            await LabContent.SendAsync(context, file);
        }
    }
}
