using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>The lab calls back: as a script's <c>hook</c> says, at the address that a create has named, on loopback only.</summary>
internal static class TaskCallbacks
{
    /// <summary>Ways of calling: right after the answer and before any look; the same twice; with a body that was changed after it was signed; signed an hour ago.</summary>
    public static readonly string[] Ways = ["early", "twice", "forged", "old"];

    /// <summary>No vendor is so fast that the answer to the create has not been read yet.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(500);

    private static readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Calls once the answer to the create is out. That nobody is there is the caller's business.</summary>
    public static void After(HttpContext context, TaskShape shape, LabDesk desk, LabBody body, LabJob job)
    {
        if (job.Script.Hook.Count > 0 && shape.CallbackOf(context, body) is { IsLoopback: true } address)
        {
            context.Response.OnCompleted(() =>
            {
                _ = CallAsync(shape, desk, address, job);
                return Task.CompletedTask;
            });
        }
    }

    private static async Task CallAsync(TaskShape shape, LabDesk desk, Uri address, LabJob job)
    {
        try
        {
            await Task.Delay(_soon, desk.Stopping);
            foreach (var way in job.Script.Hook)
            {
                for (var times = way == "twice" ? 2 : 1; times > 0; times--)
                {
                    using var reply = await _http.SendAsync(Message(shape, address, job, way, desk.Clock.GetUtcNow()), desk.Stopping);
                    job.Calls.Enqueue($"{way} {(int)reply.StatusCode}");
                }
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            job.Calls.Enqueue("nobody there");
        }
    }

    private static HttpRequestMessage Message(TaskShape shape, Uri address, LabJob job, string way, DateTimeOffset now)
    {
        var body = new JsonObject { ["id"] = job.Id, ["request_id"] = job.Id, ["task_id"] = job.Id, ["status"] = "succeeded" }.ToJsonString();
        var message = new HttpRequestMessage(HttpMethod.Post, address);
        foreach (var (name, value) in shape.Signed(job, body, way == "old" ? now.AddHours(-1) : now))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(way == "forged" ? body.Replace("succeeded", "failed", StringComparison.Ordinal) : body))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        return message;
    }
}
