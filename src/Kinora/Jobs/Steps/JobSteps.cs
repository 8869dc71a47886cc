using Kinora.Assets;
using Kinora.Errors;
using Kinora.Images;
using Kinora.Media;
using Kinora.Providers;
using Kinora.Telemetry;
using Microsoft.Extensions.Logging;

namespace Kinora.Jobs.Steps;

/// <summary>Chooses the step for a job's state, and answers for what can interrupt any of them.</summary>
public sealed class JobSteps
{
    private readonly HoldStep _hold;
    private readonly SubmitStep _submit;
    private readonly ReconcileStep _reconcile;
    private readonly PollStep _poll;
    private readonly CollectStep _collect;
    private readonly IAssetStore _assets;
    private readonly RetryRules _retry;
    private readonly ILogger _log;

    public JobSteps(IJobStore store, IAssetStore assets, IMediaTool media, IImageTool images, ImageWorkspace workspace, JobOptions options, RetryRules retry, ILogger<JobSteps> log,
        ICallbackAddresses? callbacks = null)
    {
        var files = new JobFiles(store, assets, callbacks);
        var finish = new FinishStep(assets, media, workspace, log);
        _assets = assets;
        _retry = retry;
        _log = log;
        _collect = new CollectStep(assets, media, images, files, new JoinStep(assets, media, log), finish, retry, options, log);
        _hold = new HoldStep(_collect);
        _submit = new SubmitStep(store, files, _collect, retry, log);
        _reconcile = new ReconcileStep(store, files, _submit, retry, log);
        _poll = new PollStep(files, _collect, retry, log);
    }

    internal async Task RunAsync(JobWork work)
    {
        var trace = StepTrace.Begin(work.Job);
        try
        {
            await RunStepAsync(work);
        }
        finally
        {
            await work.EndCallsAsync();
            trace.End(work.Job);
        }
    }

    private async Task RunStepAsync(JobWork work)
    {
        try
        {
            await StepAsync(work);
            if (work.Job.Status is JobStatus.Failed or JobStatus.Cancelled)
            {
                _assets.ClearWork(work.Job.Id);
            }
        }
        catch (OperationCanceledException) when (work.Interruption != Interruption.None)
        {
            await InterruptedAsync(work);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _log.StepFailed(work.Job.Id, work.Job.Provider, fault);
            if (await GiveUpAsync(work))
            {
                return;
            }

            var faults = work.Job.Faults + 1;
            await work.StayAsync(work.Now + _retry.AfterFault(work.Provider.Traits, faults, null), update => update with
            {
                Faults = faults,
                Reason = fault is KinoraException known ? known.Message : "Something went wrong here; it is tried again. The log tells more.",
            });
        }
    }

    private async Task StepAsync(JobWork work)
    {
        if (work.Job.Claims > RetryRules.DeadClaims)
        {
            await SetAsideAsync(work);
        }
        else if (!await _hold.HoldsAsync(work))
        {
            await (work.Job.Status switch
            {
                JobStatus.Queued => _submit.RunAsync(work),
                JobStatus.Submitting => _reconcile.RunAsync(work),
                JobStatus.Running => _poll.RunAsync(work),
                JobStatus.Collecting => _collect.RunAsync(work),
                _ => Task.CompletedTask,
            });
        }
    }

    /// <summary>A step that throws each time would be tried for ever. Collecting has a longer time limit of its own.</summary>
    private static async Task<bool> GiveUpAsync(JobWork work)
    {
        switch (work.Job.Status)
        {
            case JobStatus.Queued when work.IsLate:
                await work.FailAsync(JobStatus.Failed, ErrorCodes.JobSetAside, "It could not be sent because of a fault here; nothing was charged. The log tells more.");
                return true;
            case JobStatus.Submitting when work.IsLate:
                await SubmitStep.UnknownAsync(work, "and the provider could not be asked");
                return true;
            case JobStatus.Running when work.IsLate:
                await PollStep.ExpireAsync(work);
                return true;
            default:
                return work.Job.Status.IsFinal();
        }
    }

    private async Task InterruptedAsync(JobWork work)
    {
        switch (work.Interruption)
        {
            case Interruption.Stopping:
                await work.StayAsync(work.Now);
                break;
            case Interruption.CancelRequested when work.Job.Status == JobStatus.Running:
                if (!await _poll.CancelAsync(work))
                {
                    await work.StayAsync(work.Now);
                }

                break;
            case Interruption.CancelRequested:
                await work.StayAsync(work.Now);
                break;
            default:
                _log.LeaseLost(work.Job.Id, work.Job.Provider);
                break;
        }
    }

    /// <summary>Handling it ended the process several times in a row: it must not do so for ever, and nobody else shall suffer.</summary>
    private static Task<bool> SetAsideAsync(JobWork work)
    {
        const string text = "Handling this job ended the program several times, so it was set aside. Its remote id, if any, is kept.";
        return work.Job.Status switch
        {
            JobStatus.Submitting => work.FailAsync(JobStatus.SubmissionUnknown, ErrorCodes.SubmissionUnknown, text),
            JobStatus.Running or JobStatus.Collecting => work.FailAsync(JobStatus.Expired, ErrorCodes.JobSetAside, text),
            _ => work.FailAsync(JobStatus.Failed, ErrorCodes.JobSetAside, text),
        };
    }
}
