using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Health;

namespace Kinora.Server.Gateway;

/// <summary>Answers that are the result: the client waits with us for the end of its job. Whatever becomes of the client, the job goes on.</summary>
internal sealed class PictureWait(GenerationService generation, LostAnswers lost, TimeProvider time, StopSignal? stop = null)
{
    /// <summary>OpenAI's clients give up after ten minutes (openai-node 7.57.0, <c>client.ts</c>); an answer before that tells them to send again, and so to wait on.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(9.5);

    /// <summary>Submits as every create does, and knows a request whose answer was lost.</summary>
    public async Task<CreateResult> SubmitAsync(ApiCall call, GenerationDraft draft)
    {
        // Not with the request's token: a client that hangs up must not leave a create half done.
        var created = await generation.SubmitAsync(call.Caller, lost.Mark(call, draft), CancellationToken.None);
        call.Forget();
        if (created.AlreadyThere)
        {
            call.Context.Response.Headers["idempotent-replayed"] = "true";
        }

        return created;
    }

    /// <summary>Runs what answers the call, and notes when nobody was there to take it.</summary>
    public async Task AnswerAsync(ApiCall call, Func<Task> answer)
    {
        try
        {
            await answer();
            if (!call.Cancel.IsCancellationRequested)
            {
                lost.Forget(call);
                return;
            }
        }
        catch (Exception fault) when (call.Cancel.IsCancellationRequested || fault is KinoraException { Code: ErrorCodes.NotReady })
        {
            lost.Note(call);
            throw;
        }

        lost.Note(call);
    }

    /// <summary>The job at its end, with its files.</summary>
    /// <exception cref="KinoraException"><c>not_ready</c>: it takes longer than clients wait, or the server is about to end.</exception>
    public async Task<Job> EndAsync(ApiCall call, Job job)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Cancel, limit.Token, stop?.Begun ?? CancellationToken.None);
        try
        {
            return await generation.WaitAsync(call.Caller, job.PublicId, _ => { }, either.Token);
        }
        catch (OperationCanceledException) when (!call.Cancel.IsCancellationRequested)
        {
            throw new KinoraException(ErrorCodes.NotReady, $"{job.PublicId} is still being made. Send the same request again to wait on; it is not made or paid again.");
        }
    }

    /// <summary>The same for a stream, which keeps its connection alive and needs no such limit.</summary>
    /// <param name="changed">Is told of every change.</param>
    public Task<Job> EndAsync(ApiCall call, Job job, Action<Job> changed) => generation.WaitAsync(call.Caller, job.PublicId, changed, call.Cancel);

    /// <summary>What is said in place of a result.</summary>
    public static KinoraException FaultOf(Job job) => new(
        job.ErrorCode ?? ErrorCodes.Internal, $"{Mcp.Content.PlainText.Clean(job.ErrorText ?? job.Reason, 2_000)} ({job.PublicId})");
}
