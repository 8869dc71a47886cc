using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab;

/// <summary>A create on its way: turned away by a fault, or entered in the ledger and then answered, well or not.</summary>
internal sealed class LabOrder
{
    private static readonly string[] _idNames = ["id", "task_id", "request_id", "prompt_id"];

    private readonly LabDesk _desk;
    private readonly LabDoor _door;
    private readonly string _words;
    private IReadOnlyList<PlannedFault> _late = [];

    private LabOrder(LabDesk desk, LabDoor door, HttpContext context, LabBody body, LabScript script, string words)
    {
        (_desk, _door, _words) = (desk, door, words);
        (Context, Body, Script) = (context, body, script);
    }

    public HttpContext Context { get; }

    public LabBody Body { get; }

    public LabScript Script { get; }

    /// <summary>The fault that ends a stream is in its script.</summary>
    public bool BreaksOff => Bends(ShapeFaults.ErrorEvent);

    // Creates that count as one when a fault has turns: the same key, or the same prompt.
    private string Sender => Context.Request.Headers["Idempotency-Key"].FirstOrDefault() ?? _words;

    /// <summary>An order whose prompt is a field of that name. Null: it has been answered.</summary>
    public static Task<LabOrder?> ReadAsync(LabDesk desk, LabDoor door, HttpContext context) =>
        ReadAsync(desk, door, context, body => body["prompt"] ?? "", "The body is neither JSON nor a form.");

    /// <summary>Null: it has been answered, by a fault of its script or because nothing can be made of it.</summary>
    /// <param name="words">The prompt in a body, where a script may stand; null when the body is none that the call takes.</param>
    /// <param name="complaint">What is said of such a body.</param>
    public static async Task<LabOrder?> ReadAsync(LabDesk desk, LabDoor door, HttpContext context, Func<LabBody, string?> words, string complaint)
    {
        if (await LabBody.ReadAsync(context) is not { } body || words(body) is not { } prompt)
        {
            await door.ErrorAsync(context, 400, "invalid_body", complaint);
            return null;
        }

        LabScript script;
        try
        {
            script = ScriptOf(desk, context, prompt);
        }
        catch (FormatException fault)
        {
            await door.ErrorAsync(context, 400, "invalid_script", fault.Message);
            return null;
        }

        var order = new LabOrder(desk, door, context, body, script, prompt);
        var early = script.Create.Where(planned => !planned.Fault.Accepts);
        return await LabFaults.PlayAsync(early, planned => desk.TakesTurn(order.Sender, planned), argument => door.Call(context, argument)) is null ? order : null;
    }

    public Task RefuseAsync(int status, string code, string message) => _door.ErrorAsync(Context, status, code, message);

    /// <summary>From here on it is paid: the job is there and stands in the ledger.</summary>
    /// <param name="files">What came with it.</param>
    /// <param name="unsaid">Fields that do not go into the ledger: prompts.</param>
    public void Enter(LabJob job, IReadOnlyList<LabUpload> files, params string[] unsaid)
    {
        _desk.Add(job);
        _late = [.. Script.Create.Where(planned => planned.Fault.Accepts && _desk.TakesTurn(Sender, planned))];
        _desk.Ledger.Add(new LabCreate(
            job.CreatedAt,
            job.Shape,
            Context.Request.Path,
            LabLedger.Fingerprint(LabTraffic.KeyOf(Context)),
            Body.Hash,
            job.Id,
            Context.Request.Headers["Idempotency-Key"].FirstOrDefault(),
            LabLedger.Hash(Encoding.UTF8.GetBytes(job.Prompt)),
            Script.Text,
            _late.Count > 0 ? _late[0].Fault.Name : "200",
            Body.Fields.Where(field => !unsaid.Contains(field.Key)).ToDictionary(StringComparer.Ordinal),
            files));
    }

    /// <summary>Sends the answer to an entered order, or plays the fault that comes instead.</summary>
    public async Task AnswerAsync(JsonObject answer)
    {
        if (!await IsBrokenAsync(LabDoor.Bytes(answer), "application/json"))
        {
            await LabDoor.JsonAsync(Context, WithoutId(answer));
        }
    }

    /// <summary>The same for an answer that comes as a stream.</summary>
    /// <param name="events">May be asked for twice: a fault wants the whole before any is sent.</param>
    public async Task StreamAsync(IAsyncEnumerable<JsonObject> events)
    {
        if (!_late.Any(planned => planned.Fault.Play is not null) || !await IsBrokenAsync(await LabStream.BytesAsync(events), LabStream.Type))
        {
            await LabStream.SendAsync(Context, events.Select(WithoutId));
        }
    }

    private async Task<bool> IsBrokenAsync(byte[] answer, string type) =>
        await LabFaults.PlayAsync(_late, _ => true, argument => _door.Call(Context, argument) with { Answer = answer, AnswerType = type }) is not null;

    private JsonObject WithoutId(JsonObject answer)
    {
        if (Bends(ShapeFaults.NoId))
        {
            foreach (var part in new[] { answer, answer["response"] as JsonObject, answer["data"] as JsonObject })
            {
                foreach (var name in _idNames)
                {
                    part?.Remove(name);
                }
            }
        }

        return answer;
    }

    private bool Bends(string fault) => _late.Any(planned => planned.Fault.Name == fault);

    // Its header's, its prompt's, or the next in line.
    private static LabScript ScriptOf(LabDesk desk, HttpContext context, string prompt)
    {
        var text = context.Request.Headers["X-Lab-Script"].FirstOrDefault() ?? LabScript.Marker(prompt);
        return text is not null ? LabScript.Parse(text) : desk.Scripts.TryDequeue(out var next) ? next : new LabScript();
    }
}
