using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Webhooks;

/// <summary>The events that can be subscribed to. Those of videos are OpenAI's: https://developers.openai.com/api/docs/guides/webhooks (read 2026-11-21).</summary>
public static class WebhookEvents
{
    /// <summary>What <see cref="WebhookService.TestAsync"/> sends; nobody subscribes to it.</summary>
    public const string Test = "webhook.test";

    public static readonly IReadOnlyList<string> All =
    [
        .. from kind in Enum.GetValues<MediaKind>()
           from status in (JobStatus[])[JobStatus.Completed, JobStatus.Failed]
           select Of(kind, status),
    ];

    /// <summary>The event of a job that came to an end: every end without a result counts as failed.</summary>
    public static string Of(MediaKind kind, JobStatus end) => $"{kind.Word()}.{end.PublicWord()}";
}
