using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Commands;

namespace Kinora.Server.Mcp.Content;

/// <summary>A job in a sentence or two for a model: how it stands, and what to do next, so that nobody makes and pays it again.</summary>
internal static class JobWords
{
    private const int LongestPart = 300;

    public static string Describe(Job job) => job.Status switch
    {
        JobStatus.Completed when job.Kind == MediaKind.Image => $"{job.PublicId} is completed. edit_image changes it; create_video takes its id as input_reference.",
        JobStatus.Completed => $"{job.PublicId} is completed. download_video saves it; get_video_frames shows it.",
        JobStatus.SubmissionUnknown => $"{job.PublicId}: it was sent, and what became of it is not known, so it may have been paid. It is not sent again by itself. {Why(job)}",
        _ when job.Status.IsFinal() => $"{job.PublicId} failed ({job.ErrorCode ?? job.Status.Word()}). {Why(job)}{Advice(job)}",
        _ => $"{job.PublicId} is {job.Status.PublicWord()}, {JobView.Percent(job)} % ({JobView.Stage(job)}). {(HeldJob.Is(job) ? Why(job) + " " : "")}Do not create it again: call "
            + (job.Kind == MediaKind.Image ? "get_image_status" : "wait_for_video") + " with this id.",
    };

    /// <summary>After a create: whether it is new.</summary>
    public static string Describe(CreateResult created) => created.AlreadyThere
        ? $"This was asked before: {created.Job.PublicId} is the same job ({created.Job.Status.PublicWord()}, {JobView.Percent(created.Job)} %), nothing new was made or paid. "
            + "For another copy give a new idempotency_key."
        : Describe(created.Job);

    /// <summary>For progress messages and task states.</summary>
    public static string Short(Job job) => $"{JobView.Percent(job)} %, {JobView.Stage(job)}";

    /// <summary>Providers say what is wrong and seldom what to do; our own texts say both.</summary>
    private static string Advice(Job job) =>
        job.ErrorCode is { } code
        && (code == ErrorCodes.ContentPolicy || Recovery.Of(code).Category is ErrorCategory.Provider or ErrorCategory.Money or ErrorCategory.Access or ErrorCategory.Model)
            ? " " + Recovery.Of(code).Suggestion
            : "";

    private static string Why(Job job) => PlainText.Clean(job.ErrorText ?? job.Reason, LongestPart);
}
