using Kinora.Errors;

namespace Kinora.Webhooks;

/// <summary>What a webhook may say about itself.</summary>
internal static class WebhookRules
{
    private const int LongestDescription = 200;

    /// <param name="change">What is asked for; null is not looked at.</param>
    /// <exception cref="KinoraException"><c>invalid_request</c>, with every fault.</exception>
    public static void Check(WebhookChange change, IWebhookSender sender)
    {
        var faults = new List<Fault>();
        if (change.Url is { } url && !sender.Accepts(url))
        {
            // One text, whatever the cause: the cause would tell about the network behind us.
            faults.Add(new Fault("url", "The address of a webhook must be an http or https address of a public host, at a usual port."));
        }

        if (change.Events is { } events)
        {
            CheckEvents(events, faults);
        }

        if (change.Description is { } text && (text.Length > LongestDescription || text.Any(char.IsControl)))
        {
            faults.Add(new Fault("description", $"A description has at most {LongestDescription} characters and no control characters."));
        }

        if (faults.Count > 0)
        {
            throw KinoraException.Invalid(faults);
        }
    }

    /// <summary>The same words without repeats, in the order of <see cref="WebhookEvents.All"/>.</summary>
    public static IReadOnlyList<string> InOrder(IReadOnlyList<string> events) => [.. WebhookEvents.All.Where(events.Contains)];

    /// <summary>Null where nothing is said.</summary>
    public static string? Trim(string? description) => string.IsNullOrWhiteSpace(description) ? null : description.Trim();

    private static void CheckEvents(IReadOnlyList<string> events, List<Fault> faults)
    {
        if (events.FirstOrDefault(e => !WebhookEvents.All.Contains(e)) is { } unknown)
        {
            faults.Add(new Fault("events", $"There is no event \"{(unknown.Length > 40 ? unknown[..40] + "…" : unknown)}\". There are {string.Join(", ", WebhookEvents.All)}."));
        }
        else if (events.Count == 0)
        {
            faults.Add(new Fault("events", $"A webhook without any event would never be called. There are {string.Join(", ", WebhookEvents.All)}."));
        }
    }
}
