namespace Kinora.Jobs;

/// <summary>
/// A job that a backup holds as not yet sent, or as being sent. It may have been sent after the backup was made, so after a restore it stands under an intent
/// (<see cref="JobStatus.Submitting"/>) with this reason: the engine then asks the provider and never sends it by itself.
/// </summary>
public static class RestoredJob
{
    public const string Reason = "Restored from a backup: it may have been sent since, so it is looked up at the provider first.";

    public static bool Is(Job job) => job.Status == JobStatus.Submitting && job.Reason == Reason;

    internal static string UnknownText(string why) =>
        $"It was restored from a backup and may have been sent after that was made ({why}). It is not sent by itself, because it may have been charged. " +
        "Look into your account at the provider; create a new job if it is not there.";
}
