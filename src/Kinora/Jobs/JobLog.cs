using Microsoft.Extensions.Logging;

namespace Kinora.Jobs;

internal static partial class JobLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} ({Provider}): {From} -> {To}. {Reason}")]
    public static partial void Moved(this ILogger log, JobId job, string provider, JobStatus from, JobStatus to, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} ({Provider}): lost its lease; what this worker found is not written")]
    public static partial void LeaseLost(this ILogger log, JobId job, string provider);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} ({Provider}): {What}; looked at again in {Seconds} s")]
    public static partial void WillRetry(this ILogger log, JobId job, string provider, string what, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} ({Provider}): a step failed unexpectedly; tried again later")]
    public static partial void StepFailed(this ILogger log, JobId job, string provider, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} ({Provider}): the provider did not take it, but that cannot be stored now; tried again")]
    public static partial void RefusalNotSaved(this ILogger log, JobId job, string provider, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} ({Provider}): what came with the answer is on this machine alone until it is stored")]
    public static partial void NotShared(this ILogger log, JobId job, string provider, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} ({Provider}): the provider has it as {RemoteId}, but that cannot be stored now; tried again")]
    public static partial void AnswerNotSaved(this ILogger log, JobId job, string provider, string remoteId, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker could not claim jobs; tried again")]
    public static partial void ClaimFailed(this ILogger log, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job}: result {Index} is no usable file; the others are kept")]
    public static partial void LeftOut(this ILogger log, JobId job, int index, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job}: what was shared until it was stored could not be removed; it goes when the job is deleted")]
    public static partial void WorkNotUnshared(this ILogger log, JobId job, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job}: its copy or log in the workspace folder could not be written")]
    public static partial void CopyFailed(this ILogger log, JobId job, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job}: the new clip could not be joined behind its video; it is kept")]
    public static partial void JoinFailed(this ILogger log, JobId job, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job}: thumbnail or spritesheet could not be made")]
    public static partial void DerivedFailed(this ILogger log, JobId job, Exception fault);
}
