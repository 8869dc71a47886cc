using System.ComponentModel.DataAnnotations;

namespace Kinora.Webhooks;

/// <summary>Settings <c>Webhooks:…</c>.</summary>
public sealed record WebhookOptions
{
    /// <summary>
    /// Names of hosts that webhooks may be sent to although they are private, at any port; separated by commas. The beginning of what they answer to a failed
    /// delivery is shown to whoever made the webhook.
    /// </summary>
    public string TrustedHosts { get; init; } = "";

    /// <summary>Ports that webhooks may name at all other hosts, separated by commas.</summary>
    public string Ports { get; init; } = "80, 443";

    /// <summary>How long one try may take from the first look at its name to the answer, in seconds.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Most tries under way at once. Of one webhook there is never more than one; webhooks that failed last time get at most half of them, those of one user a quarter.</summary>
    [Range(1, 256)]
    public int MaxConcurrent { get; init; } = 16;

    /// <summary>How long a delivery is tried again before it is given up, in hours.</summary>
    [Range(0.01, 720)]
    public double RetryHours { get; init; } = 72;

    /// <summary>How long deliveries that arrived or were given up can be listed and sent again, in days.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 30;

    /// <summary>
    /// Key that the secrets of webhooks are encrypted with: 32 random bytes in base64. Empty: the one in the file <c>secret.key</c> of the data folder, which is
    /// made when it is first needed. Several machines on one database need the same.
    /// </summary>
    public string EncryptionKey { get; init; } = "";

    /// <summary>The key before: what was encrypted with it can still be read.</summary>
    public string PreviousEncryptionKey { get; init; } = "";
}
