using Kinora.Jobs;
using Kinora.Server.Commands;

namespace Kinora.Server.Mcp.Content;

/// <summary>A job in a sentence or two for a model: how it stands, and what to do next, so that nobody makes and pays it again.</summary>
internal static class JobWords
{
    private const int LongestPart = 300;

    public static string Describe(Job job) => job.Status switch
    {
        JobStatus.Completed => $"{job.Id} is completed. download_video saves it; get_video_frames shows it.",
        JobStatus.SubmissionUnknown => $"{job.Id}: it was sent, and what became of it is not known, so it may have been paid. It is not sent again by itself. {Why(job)}",
        _ when job.Status.IsFinal() => $"{job.Id} failed ({job.ErrorCode ?? job.Status.Word()}). {Why(job)}",
        _ => $"{job.Id} is {job.Status.PublicWord()}, {JobView.Percent(job)} % ({JobView.Stage(job)}). Do not create it again: call wait_for_video with this id.",
    };

    /// <summary>After a create: whether it is new.</summary>
    public static string Describe(CreateResult created) => created.AlreadyThere
        ? $"This was asked before: {created.Job.Id} is the same job ({created.Job.Status.PublicWord()}, {JobView.Percent(created.Job)} %), nothing new was made or paid. "
            + "For another copy give a new idempotency_key."
        : Describe(created.Job);

    /// <summary>For progress messages and task states.</summary>
    public static string Short(Job job) => $"{JobView.Percent(job)} %, {JobView.Stage(job)}";

    private static string Why(Job job) => PlainText.Clean(job.ErrorText ?? job.Reason, LongestPart);
}
