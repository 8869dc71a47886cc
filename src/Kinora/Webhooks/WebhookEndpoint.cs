namespace Kinora.Webhooks;

/// <summary>Where a user wants to be told about his jobs. The secret that deliveries are signed with is not in it.</summary>
public sealed record WebhookEndpoint
{
    /// <summary><c>wh_</c> and 32 hex digits, all random. No secret.</summary>
    public required string Id { get; init; }

    /// <summary>User id.</summary>
    public required string Owner { get; init; }

    /// <summary>http or https; read as text only. Which host it leads to is looked at whenever something is sent.</summary>
    public required string Url { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>Words of <see cref="WebhookEvents.All"/>, in that order; at least one.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when nothing is sent to it, by its owner's wish or because it answered 410 Gone; null while it is on.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Sequence number of the newest event when it was made or last enabled: only later ones are for it. The store's own business.</summary>
    public long AfterEvent { get; init; }
}

/// <param name="Secret">What its deliveries are signed with: shown to its owner once and never again.</param>
public sealed record NewWebhook(WebhookEndpoint Endpoint, string Secret);

/// <summary>A webhook that somebody asks for.</summary>
/// <param name="Events">Null for all.</param>
public sealed record WebhookDraft(string Url, IReadOnlyList<string>? Events = null, string? Description = null);

/// <summary>What to change; null leaves it as it is.</summary>
/// <param name="Description">Empty takes it away.</param>
public sealed record WebhookChange(string? Url = null, IReadOnlyList<string>? Events = null, string? Description = null, bool? Disabled = null);
