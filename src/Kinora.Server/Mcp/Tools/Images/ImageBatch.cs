using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Mcp.Tools.Images;

/// <summary>What became of one picture of several.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Job">As it stood when the waiting was over; null when the request was refused.</param>
internal sealed record ImageTake(int Number, Job? Job, KinoraException? Refusal)
{
    public bool Done => Job is { Status: JobStatus.Completed };

    public bool Failed => Refusal is not null || (Job is { } job && job.Status.IsFinal() && !Done);

    public string? ErrorCode => Refusal?.Code ?? Job?.ErrorCode ?? Job?.Status.Word();

    public string? ErrorText => Refusal?.Message ?? Job?.ErrorText ?? Job?.Reason;
}

/// <summary>Several pictures of one call: each is a job of its own, so that one that fails leaves the others alone.</summary>
internal static class ImageBatch
{
    /// <summary>Submits all, then waits for all within one limit.</summary>
    /// <exception cref="KinoraException">Every one was refused; the first refusal.</exception>
    public static async Task<IReadOnlyList<ImageTake>> RunAsync(ToolCall call, string? session, IReadOnlyList<GenerationDraft> drafts, CancellationToken cancel)
    {
        var takes = new List<ImageTake>();
        foreach (var draft in drafts)
        {
            takes.Add(await StartAsync(takes.Count + 1, () => ImageStart.SubmitAsync(call, session, draft)));
        }

        return await WaitAsync(call, takes, cancel);
    }

    public static async Task<ImageTake> StartAsync(int number, Func<Task<CreateResult>> submit)
    {
        try
        {
            return new ImageTake(number, (await submit()).Job, null);
        }
        catch (KinoraException refusal)
        {
            return new ImageTake(number, null, refusal);
        }
    }

    /// <exception cref="KinoraException">Every one was refused; the first refusal.</exception>
    public static async Task<IReadOnlyList<ImageTake>> WaitAsync(ToolCall call, IReadOnlyList<ImageTake> takes, CancellationToken cancel)
    {
        if (takes.All(t => t.Refusal is not null))
        {
            throw takes[0].Refusal!;
        }

        var until = call.Studio.Time.GetUtcNow() + JobWait.Usual;
        var ended = new List<ImageTake>();
        foreach (var take in takes)
        {
            var left = until - call.Studio.Time.GetUtcNow();
            var part = call with { Progress = new PartOf(call.Progress, ended.Count, takes.Count) };
            ended.Add(take.Job is not { } job ? take : take with { Job = await JobWait.UntilDoneAsync(part, job, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel) });
        }

        return ended;
    }

    public static string Summary(IReadOnlyList<ImageTake> takes)
    {
        var (done, failed) = (takes.Count(t => t.Done), takes.Count(t => t.Failed));
        var pending = takes.Count - done - failed;
        return $"{done} of {takes.Count} {(takes.Count == 1 ? "image is" : "images are")} made"
            + (failed > 0 ? $", {failed} failed" : "") + (pending > 0 ? $", {pending} still being made" : "") + ".";
    }

    /// <summary>The progress of one take as a part of that of all.</summary>
    private sealed class PartOf(IToolProgress all, int before, int count) : IToolProgress
    {
        public Task ReportAsync(double percent, string message, CancellationToken cancel) =>
            all.ReportAsync((before * 100 + percent) / count, $"{before + 1} of {count}: {message}", cancel);
    }
}
