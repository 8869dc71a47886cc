using System.Globalization;
using System.Net.Http.Headers;

namespace Kinora.Adapters.Providers.Http;

/// <summary>How long a provider asks us to wait.</summary>
internal static class RetryAfter
{
    /// <summary>No provider may put a job to sleep for longer.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromMinutes(15);

    /// <summary><c>retry-after-ms</c>, else <c>Retry-After</c> in seconds or as a date, capped; null when absent or no sense can be made of it.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider clock) =>
        Milliseconds(headers, "retry-after-ms") ?? Standard(headers, clock);

    /// <summary>
    /// The pause until the next look: <c>openai-poll-after-ms</c> (the header the official SDKs obey while polling, openai/openai-node 7b7d6ca7, <c>src/lib/polling.ts</c>), else
    /// <c>Retry-After</c>; capped.
    /// </summary>
    public static TimeSpan? NextLook(HttpResponseHeaders headers, TimeProvider clock) =>
        Milliseconds(headers, "openai-poll-after-ms") ?? Read(headers, clock);

    // Read by hand: the typed header gives up on "1.5" and on more digits than an int holds, and both were seen.
    private static TimeSpan? Standard(HttpResponseHeaders headers, TimeProvider clock)
    {
        if (First(headers, "Retry-After") is not { } text)
        {
            return null;
        }

        if (Number(text) is { } seconds)
        {
            return Capped(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Capped((date - clock.GetUtcNow()).TotalSeconds)
            : null;
    }

    private static TimeSpan? Milliseconds(HttpResponseHeaders headers, string name) =>
        First(headers, name) is { } text && Number(text) is { } milliseconds ? Capped(milliseconds / 1000) : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number) ? number : null;

    private static TimeSpan Capped(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Cap.TotalSeconds));

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;
}
