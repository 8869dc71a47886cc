namespace Kinora.Webhooks;

/// <summary>The way out for webhooks. Connects to public hosts only, follows no redirect, and carries nothing of ours but the message.</summary>
public interface IWebhookSender
{
    /// <summary>Whether something could be sent to an address, as far as its text tells. Looks nothing up.</summary>
    bool Accepts(string url);

    /// <summary>Sends once, within a deadline of its own. Whatever goes wrong is an answer.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired; it may have arrived.</exception>
    Task<WebhookAnswer> SendAsync(WebhookMessage message, CancellationToken cancel);
}

/// <summary>One signed message, as Standard Webhooks has it: https://github.com/standard-webhooks/standard-webhooks (read 2026-11-21).</summary>
/// <param name="Id">Header <c>webhook-id</c>.</param>
/// <param name="Timestamp">Header <c>webhook-timestamp</c>, unix seconds.</param>
/// <param name="Signature">Header <c>webhook-signature</c>: one or more, with blanks between them.</param>
/// <param name="Body">JSON.</param>
public sealed record WebhookMessage(string Url, string Id, long Timestamp, string Signature, string Body);

/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Error">Why it failed, cleaned, at most 200 characters; null when the status is 2xx.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone; null when it does not.</param>
public sealed record WebhookAnswer(int? Status, string? Error, TimeSpan? RetryAfter = null);
