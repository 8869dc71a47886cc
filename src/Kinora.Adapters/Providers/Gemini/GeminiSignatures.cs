using System.Globalization;
using Kinora.Adapters.Providers.Signatures;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Gemini;

/// <summary>
/// Tells Google's callbacks from forged ones. Those to an address that came with a request carry a token signed with keys that Google publishes
/// (https://ai.google.dev/gemini-api/docs/webhooks, of 2026-06-22, read 2026-11-22). For whom the token is meant is not checked: what stands there is not said.
/// </summary>
internal sealed class GeminiSignatures(PublishedKeys published, TimeProvider clock)
{
    /// <summary>Below the API's own address.</summary>
    public const string KeysPath = "/.well-known/jwks.json";

    private static readonly TimeSpan _leeway = TimeSpan.FromSeconds(300);

    /// <summary>Without any key to be had nothing is known about a call: it counts as one to look for, which does no harm.</summary>
    public async Task<CallbackVerdict> JudgeAsync(CallbackMessage message, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (!message.Headers.TryGetValue("webhook-timestamp", out var time) || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - (double)seconds) > _leeway.TotalSeconds
            || !message.Headers.TryGetValue("webhook-signature", out var signature)
            || SignedToken.Read(signature) is not { } token || !token.IsOfNow(now))
        {
            return new CallbackVerdict.Forged();
        }

        var keys = await published.GetAsync(cancel);
        return keys.Count == 0 || keys.Any(token.IsSignedBy) ? new CallbackVerdict.Look() : new CallbackVerdict.Forged();
    }
}
