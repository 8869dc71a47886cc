using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>The calls of a vendor of tasks: creates, looks, results, stops, with every fault of the script.</summary>
internal sealed class TaskCalls
{
    /// <summary>Longer texts (pictures) stay out of the ledger's fields.</summary>
    private const int LongestField = 4_096;

    /// <summary>Juxin's pace.</summary>
    private static readonly TimeSpan _slowest = TimeSpan.FromSeconds(30);

    private readonly LabDesk _desk;
    private readonly TaskShape _shape;

    public TaskCalls(LabDesk desk, TaskShape shape)
    {
        (_desk, _shape) = (desk, shape);
        Door = new LabDoor(desk, shape.Error, context => shape.NeedsKey && context.Request.Path.StartsWithSegments("/" + shape.Name));
    }

    public LabDoor Door { get; }

    public LabDesk Desk => _desk;

    /// <summary>A create.</summary>
    public RequestDelegate Create => Door.Answer(CreateAsync);

    /// <summary>A look at the job whose id is in the path.</summary>
    public RequestDelegate Look => Door.Answer(context => LookAsync(context, LabDoor.IdOf(context)));

    /// <summary>The result of the job whose id is in the path. Below <c>/lab/files</c> it asks for no key, as a file host.</summary>
    public RequestDelegate File => Door.Answer(FileAsync);

    /// <summary>True when there is such a job of this vendor.</summary>
    public bool TryFind(string id, out LabJob job) => _desk.TryFind(_shape.Name, id, out job!);

    /// <summary>Where a result is to be had without a key.</summary>
    public string LinkOf(HttpContext context, LabJob job, int index = 0) => LinkTo(context, _shape.Name, job, index);

    /// <summary>The same for the job of any shape.</summary>
    public static string LinkTo(HttpContext context, string shape, LabJob job, int index = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $"{context.Request.Scheme}://{context.Request.Host}/lab/files/{shape}/{Uri.EscapeDataString(job.Id)}/{index}?signature={LabLedger.Fingerprint(job.Id)}");

    /// <summary>Answers a look at a job, or plays the fault that comes instead.</summary>
    public async Task LookAsync(HttpContext context, string id)
    {
        if (!TryFind(id, out var job))
        {
            await Door.ErrorAsync(context, 404, "not_found", "No such task.");
            return;
        }

        job.NotePoll();
        if (job.Script.Quirk.Contains("pace") && await IsTooSoonAsync(context, job))
        {
            return;
        }

        if (await Door.BendsAsync(context, job, () => Task.FromResult(Show(context, job, new TaskLook(LabState.Running, 50, null)))) is not { } bends)
        {
            return;
        }

        if (bends.Contains(ShapeFaults.Vanish))
        {
            await Door.ErrorAsync(context, 404, "not_found", "No such task.");
            return;
        }

        await LabDoor.JsonAsync(context, Show(context, job, Bent(job, bends)));
    }

    /// <summary>Ends a job that runs.</summary>
    public static void Stop(LabJob job) => job.Stopped = true;

    private async Task<bool> IsTooSoonAsync(HttpContext context, LabJob job)
    {
        var (before, now) = (job.LookedAt, _desk.Clock.GetUtcNow());
        job.LookedAt = now;
        if (now - before < _slowest)
        {
            context.Response.Headers.RetryAfter = "30";
            await Door.ErrorAsync(context, 429, "too_many_requests", "Ask every 30 seconds.");
            return true;
        }

        return false;
    }

    private async Task CreateAsync(HttpContext context)
    {
        if (await LabOrder.ReadAsync(_desk, Door, context, _shape.Prompt, "The body is none that this server takes.") is not { } order)
        {
            return;
        }

        TaskWish wish;
        try
        {
            wish = _shape.Read(context, order.Body);
            await _shape.VetAsync(context, order.Body);
        }
        catch (TaskRefusal refusal)
        {
            await order.RefuseAsync(refusal.Status, refusal.Code, refusal.Message);
            return;
        }

        var job = new LabJob
        {
            Id = wish.Id ?? _shape.NewId(context),
            Shape = _shape.Name,
            CreatedAt = _desk.Clock.GetUtcNow(),
            Script = order.Script,
            Prompt = _shape.Prompt(order.Body)!,
            Model = wish.Model,
            Size = wish.Size,
            Seconds = wish.Seconds,
            Source = wish.Source,
            Wish = wish.Images,
            Echo = wish.Echo,
        };
        order.Enter(job, [.. order.Body.Files, .. Inline(order.Body.Json, "")], [.. order.Body.Fields.Where(f => f.Key is "prompt" or "content" or "input" || f.Value.Length > LongestField).Select(f => f.Key)]);
        if (wish.Images is null)
        {
            _desk.Videos.Prepare(job.Size, job.Seconds);
        }

        TaskCallbacks.After(context, _shape, _desk, order.Body, job);
        context.Response.StatusCode = _shape.AcceptedStatus;
        await order.AnswerAsync(await _shape.AcceptedAsync(context, _desk, job));
    }

    private async Task FileAsync(HttpContext context)
    {
        if (!TryFind(LabDoor.IdOf(context), out var job) || !job.HasVideo)
        {
            await Door.ErrorAsync(context, 404, "not_found", "No such file.");
            return;
        }

        job.NoteContent();
        var media = job.Wish is { } pictures ? (await pictures.MakeAsync(_desk, job.Script)).Bytes : await _desk.Videos.MakeAsync(job.Size, job.Seconds);
        var file = new LabFile(media, job.Script.Bytes, LabLedger.Fingerprint(job.Id)!, job.Wish is { } wish ? "image/" + wish.Format : "video/mp4");
        if (await LabFaults.PlayAsync(job.Script.Content, job.TakesTurn, argument => Door.Call(context, argument) with { File = file }) is null)
        {
            await LabContent.SendAsync(context, file);
        }
    }

    private JsonObject Show(HttpContext context, LabJob job, TaskLook look) => _shape.View(context, job, look, job.HasVideo ? LinkOf(context, job) : null);

    private static TaskLook Bent(LabJob job, IReadOnlyList<string> bends)
    {
        var (state, progress, runningLook) = bends.Contains(ShapeFaults.Stuck) ? (LabState.Running, 50, 0) : job.Look();
        if (state == LabState.Ended)
        {
            return new TaskLook(state, progress, null);
        }

        if (bends.Contains(ShapeFaults.Backwards) && runningLook > 1)
        {
            (state, progress) = (LabState.Queued, 0);
        }

        return new TaskLook(state, bends.Contains(ShapeFaults.Over100) ? 250 : progress, bends.Contains(ShapeFaults.UnknownStatus) ? "pondering" : null);
    }

    /// <summary>Every data URL of a body, as the file it holds.</summary>
    private static IEnumerable<LabUpload> Inline(JsonNode? node, string path) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Inline(field.Value, path.Length == 0 ? field.Key : $"{path}.{field.Key}")),
        JsonArray items => items.SelectMany((item, index) => Inline(item, $"{path}[{index}]")),
        JsonValue value when value.TryGetValue<string>(out var text) && TurnInput.FileOf(path, text) is { } file => [file],
        _ => [],
    };
}
