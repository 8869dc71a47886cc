namespace Kinora.Server.Lab;

/// <summary>Where a fault can play.</summary>
[Flags]
internal enum LabPlace
{
    Create = 1,
    Poll = 2,
    Content = 4,
    Answers = Create | Poll,
    All = Create | Poll | Content,
}

/// <summary>A fault by name.</summary>
/// <param name="Help">One line for the help page.</param>
/// <param name="Play">Plays it; true when the request is answered thereby. Null for faults that bend what a shape says.</param>
/// <param name="Accepts">On a create: the job is made, and stands in the ledger, before the fault plays.</param>
internal sealed record LabFault(string Name, LabPlace Places, string Help, Func<LabCall, Task<bool>>? Play, bool Accepts = false);

/// <summary>One request that meets a fault.</summary>
internal sealed record LabCall(HttpContext Context, LabDesk Desk, string? Argument)
{
    /// <summary>Writes an error the shape's way: status, code, message.</summary>
    public required Func<int, string, string, string> Error { get; init; }

    /// <summary>The good answer, where one is known already (UTF-8 JSON, or all events of a stream).</summary>
    public byte[] Answer { get; init; } = "{}"u8.ToArray();

    /// <summary>What <see cref="Answer"/> is sent as.</summary>
    public string AnswerType { get; init; } = "application/json";

    /// <summary>The result that was asked for.</summary>
    public LabFile? File { get; init; }

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The argument as a number.</summary>
    public int Number(int otherwise) => int.TryParse(Argument, out var number) ? number : otherwise;

    public async Task<bool> SendAsync(int status, string type, ReadOnlyMemory<byte> body)
    {
        Context.Response.StatusCode = status;
        Context.Response.ContentType = type;
        Context.Response.ContentLength = body.Length;
        await Context.Response.Body.WriteAsync(body, Aborted);
        return true;
    }
}

/// <summary>All faults.</summary>
internal static class LabFaults
{
    public static readonly IReadOnlyList<LabFault> All = [.. AnswerFaults.All, .. ShapeFaults.All, .. ContentFaults.All];

    public static IEnumerable<string> Names(LabPlace? place) => All.Where(fault => place is not { } at || fault.Places.HasFlag(at)).Select(fault => fault.Name).Distinct();

    /// <summary>The fault of that name; a name may stand for different things at a create and at a download.</summary>
    public static LabFault? Find(string name, LabPlace? place) => All.FirstOrDefault(fault => fault.Name == name && (place is not { } at || fault.Places.HasFlag(at)));

    /// <summary>Plays those that play at such a moment, in order, until one answers. Returns its name.</summary>
    /// <param name="takesTurn">Whether a fault has turns left; asking takes one.</param>
    public static async Task<string?> PlayAsync(IEnumerable<PlannedFault> faults, Func<PlannedFault, bool> takesTurn, Func<string?, LabCall> call)
    {
        foreach (var planned in faults)
        {
            if (planned.Fault.Play is { } play && takesTurn(planned) && await play(call(planned.Argument)))
            {
                return planned.Fault.Name;
            }
        }

        return null;
    }
}

/// <summary>Faults that bend what a status answer says; each shape knows how.</summary>
internal static class ShapeFaults
{
    public const string UnknownStatus = "unknown_status";
    public const string Backwards = "backwards";
    public const string Over100 = "over_100";
    public const string Vanish = "vanish";
    public const string Stuck = "stuck";
    public const string NoId = "no_id";
    public const string ErrorEvent = "error_event";

    public static readonly LabFault[] All =
    [
        new(UnknownStatus, LabPlace.Poll, "a status word nobody knows, until the end", null),
        new(Backwards, LabPlace.Poll, "queued again, progress 0, after it ran; then the end", null),
        new(Over100, LabPlace.Poll, "progress 250, until the end", null),
        new(Vanish, LabPlace.Poll, "404: no such job", null),
        new(Stuck, LabPlace.Poll, "running, never further", null),
        new(NoId, LabPlace.Create, "accepted; 200 without an id", null, Accepts: true),
        new(ErrorEvent, LabPlace.Create, "accepted; a stream ends with the event error in place of the result", null, Accepts: true),
    ];
}
