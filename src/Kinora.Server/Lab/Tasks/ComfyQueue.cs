using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>ComfyUI's queue: what waits can be taken out, what runs can be interrupted.</summary>
internal static class ComfyQueue
{
    public static JsonObject Show(IReadOnlyList<LabJob> jobs) => new() { ["queue_running"] = List(jobs, LabState.Running), ["queue_pending"] = List(jobs, LabState.Queued) };

    public static async Task DeleteAsync(HttpContext context, IReadOnlyList<LabJob> jobs)
    {
        var ids = (await LabBody.ReadAsync(context))?.Json?["delete"] as JsonArray;
        foreach (var job in jobs.Where(job => StateOf(job) == LabState.Queued && ids?.Any(id => id?.ToString() == job.Id) == true))
        {
            job.Removed = true;
        }
    }

    public static async Task InterruptAsync(HttpContext context, IReadOnlyList<LabJob> jobs)
    {
        var id = (await LabBody.ReadAsync(context))?.Json?["prompt_id"]?.ToString();
        foreach (var job in jobs.Where(job => StateOf(job) == LabState.Running && (id is null || job.Id == id)))
        {
            TaskCalls.Stop(job);
        }
    }

    /// <summary>A job that nobody has looked at yet waits.</summary>
    private static LabState StateOf(LabJob job) => job.Stopped ? LabState.Ended : job.State;

    private static JsonArray List(IReadOnlyList<LabJob> jobs, LabState state) =>
        [.. jobs.Where(job => StateOf(job) == state).Select(job => new JsonArray(job.Number, job.Id, new JsonObject(), new JsonObject(), new JsonArray("9")))];
}
