using System.Globalization;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Server.Gateway;

/// <summary>Tells clients when it makes sense to look again (header <c>openai-poll-after-ms</c>, which OpenAI's polling helpers obey): not before the provider is looked at.</summary>
internal sealed class PollAdvice(ProviderSet providers)
{
    private const int Shortest = 1_000;
    private const int Longest = 20_000;

    public void Add(HttpContext context, Job job)
    {
        if (!job.Status.IsFinal())
        {
            var pause = providers.TryGet(job.Provider, out var provider) ? provider.Traits.MinPoll.TotalMilliseconds : Longest;
            context.Response.Headers["openai-poll-after-ms"] = ((int)Math.Clamp(pause, Shortest, Longest)).ToString(CultureInfo.InvariantCulture);
        }
    }
}
