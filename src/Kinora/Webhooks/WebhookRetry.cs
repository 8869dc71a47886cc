namespace Kinora.Webhooks;

/// <summary>When a delivery that failed is tried again.</summary>
public sealed class WebhookRetry(Random random)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>
    /// The pause after the n-th try that failed (n from 1): 5 s, then three times as long each time, up to <see cref="Longest"/>; longer where the receiver asks
    /// for it. Up to a fifth more by chance, so that deliveries that failed together do not come back together.
    /// </summary>
    public TimeSpan After(int failed, TimeSpan? asked)
    {
        var grown = First * Math.Pow(3, Math.Min(failed - 1, 20));
        var pause = grown < Longest ? grown : Longest;
        return (asked > pause ? asked.Value : pause) * (1 + (0.2 * random.NextDouble()));
    }
}
