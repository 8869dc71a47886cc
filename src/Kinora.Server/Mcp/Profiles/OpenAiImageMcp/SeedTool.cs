using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Images;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

/// <summary>A tool of this system: whatever goes wrong is an answer with <c>success: false</c>.</summary>
internal abstract class SeedTool : McpTool
{
    /// <summary>The word for faults that have none of their own.</summary>
    protected abstract string ErrorType { get; }

    public override async ValueTask<ToolAnswer?> RefuseAsync(KinoraException fault, McpClientInfo client, McpStudio studio, CancellationToken cancel) =>
        await Failures.AnswerAsync(fault, McpErrors.Describe(fault, Spec).Text, ErrorType, client, studio, cancel);
}

/// <summary>One that makes pictures, and waits for them: there is no tool to ask for a picture later.</summary>
internal abstract class PictureTool(OpenCalls open) : SeedTool
{
    protected async Task<Job> MakeAsync(ToolCall call, string? session, GenerationDraft draft, CancellationToken cancel)
    {
        var mark = OpenCalls.Mark(call, Spec.Name, take: 1);
        var begun = await BeginAsync(call, mark, session, draft, cancel);
        var job = await JobWait.UntilDoneAsync(call, begun.Job, JobWait.Usual, cancel);
        open.Answered(mark, job);
        return job;
    }

    /// <summary>Several, each on its own.</summary>
    /// <exception cref="KinoraException">Every one was refused.</exception>
    protected async Task<IReadOnlyList<ImageTake>> MakeAsync(ToolCall call, string? session, IReadOnlyList<GenerationDraft> drafts, CancellationToken cancel)
    {
        var takes = new List<ImageTake>();
        foreach (var draft in drafts)
        {
            var number = takes.Count + 1;
            takes.Add(await ImageBatch.StartAsync(number, () => BeginAsync(call, OpenCalls.Mark(call, Spec.Name, number), session, draft, cancel)));
        }

        var ended = await ImageBatch.WaitAsync(call, takes, cancel);
        // A batch is answered when all of it is: until then the same call again finds those that are done, too.
        if (ended.All(t => t.Done || t.Failed))
        {
            foreach (var take in ended.Where(t => t.Job is not null))
            {
                open.Answered(OpenCalls.Mark(call, Spec.Name, take.Number), take.Job!);
            }
        }

        return ended;
    }

    private async Task<CreateResult> BeginAsync(ToolCall call, string mark, string? session, GenerationDraft draft, CancellationToken cancel)
    {
        if (await open.FindAsync(call, mark, cancel) is { } earlier)
        {
            return new CreateResult(earlier, AlreadyThere: true);
        }

        var created = await ImageStart.SubmitAsync(call, session, draft with { MergeRepeats = true });
        open.Began(mark, created.Job, call.Studio.Time.GetUtcNow());
        return created;
    }
}
