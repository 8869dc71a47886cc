using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab;

/// <summary>What all calls of one imitated server have in common: requests are noted, an outage comes first, the key is looked at, errors have its form.</summary>
/// <param name="error">Writes an HTTP error the server's way: status, code, message.</param>
/// <param name="needsKey">Whether a request without a key is turned away.</param>
internal sealed class LabDoor(LabDesk desk, Func<int, string, string, JsonObject> error, Func<HttpContext, bool> needsKey)
{
    public RequestDelegate Answer(Func<HttpContext, Task> call) => async context =>
    {
        desk.Traffic.Note(context, desk.Clock.GetUtcNow());
        using var open = desk.Traffic.Open();
        try
        {
            if (desk.Outage is { Fault.Play: { } outage } planned && await outage(Call(context, planned.Argument)))
            {
                return;
            }

            if (needsKey(context) && LabTraffic.KeyOf(context) is null)
            {
                await ErrorAsync(context, 401, "invalid_api_key", "No key was given.");
                return;
            }

            await call(context);
        }
        catch (Exception fault) when (context.RequestAborted.IsCancellationRequested && fault is OperationCanceledException or IOException)
        {
            // The other side has gone away.
        }
    };

    /// <summary>The id in the path.</summary>
    public static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    /// <summary>Plays the faults of a look at a job. Null: one of them answered. Else those that bend the answer, which its shape must do.</summary>
    /// <param name="answer">The good answer, for faults that break it.</param>
    public async Task<IReadOnlyList<string>?> BendsAsync(HttpContext context, LabJob job, Func<Task<JsonObject>> answer)
    {
        var bends = new List<string>();
        foreach (var planned in job.Script.Poll.Where(job.TakesTurn))
        {
            if (planned.Fault.Play is not { } play)
            {
                bends.Add(planned.Fault.Name);
            }
            else if (await play(Call(context, planned.Argument) with { Answer = Bytes(await answer()) }))
            {
                return null;
            }
        }

        return bends;
    }

    public LabCall Call(HttpContext context, string? argument) => new(context, desk, argument)
    {
        Error = (status, code, message) => error(status, code, message).ToJsonString(),
    };

    public JsonObject Error(int status, string code, string message) => error(status, code, message);

    public Task ErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return JsonAsync(context, error(status, code, message));
    }

    public static Task JsonAsync(HttpContext context, JsonObject body)
    {
        var bytes = Bytes(body);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    public static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}
