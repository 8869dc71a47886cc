using Kinora.Jobs;

namespace Kinora.Webhooks;

/// <summary>One event on its way to one webhook.</summary>
public sealed record WebhookDelivery
{
    /// <summary><c>msg_</c> and 32 hex digits, all random: the header <c>webhook-id</c>, the same on each try and each replay, so that receivers can tell repeats.</summary>
    public required string Id { get; init; }

    public required string EndpointId { get; init; }

    /// <summary>User id.</summary>
    public required string Owner { get; init; }

    /// <summary>A word of <see cref="WebhookEvents"/>.</summary>
    public required string EventType { get; init; }

    /// <summary>Null for a test.</summary>
    public JobId? JobId { get; init; }

    /// <summary>The JSON text that is signed and sent, fixed when the event happened.</summary>
    public required string Payload { get; init; }

    public WebhookState State { get; init; }

    /// <summary>Tries so far; begins anew with a replay.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried next, while pending.</summary>
    public required DateTimeOffset NextAt { get; init; }

    /// <summary>A try that fails then or later is the last.</summary>
    public required DateTimeOffset GiveUpAt { get; init; }

    /// <summary>HTTP status of the last answer; null when there was none.</summary>
    public int? LastStatus { get; init; }

    /// <summary>Why the last try failed, at most 200 characters; null when it did not.</summary>
    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }
}

public enum WebhookState
{
    /// <summary>To be sent, or sent again.</summary>
    Pending,

    /// <summary>Answered with 2xx.</summary>
    Delivered,

    /// <summary>Given up; can be replayed.</summary>
    Dead,
}

/// <summary>States as words, in the database and outside.</summary>
public static class WebhookStateWords
{
    public static readonly IReadOnlyList<string> All = [.. Enum.GetValues<WebhookState>().Select(Word)];

    public static string Word(this WebhookState state) => state.ToString().ToLowerInvariant();

    /// <summary>Null when there is no such state.</summary>
    public static WebhookState? FromWord(string word) =>
        Enum.GetValues<WebhookState>().Where(s => string.Equals(s.Word(), word, StringComparison.OrdinalIgnoreCase)).Select(s => (WebhookState?)s).FirstOrDefault();
}
