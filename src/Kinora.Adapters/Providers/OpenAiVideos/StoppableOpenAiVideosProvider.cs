using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>For servers whose DELETE stops the work (vLLM-Omni since PR 6759).</summary>
internal sealed class StoppableOpenAiVideosProvider(OpenAiVideosOptions options, ProviderTraits traits, TimeProvider clock)
    : ListedOpenAiVideosProvider(options, traits, clock), ICancellingProvider
{
    public async Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel)
    {
        var (reply, _) = await Api.AskAsync(new HttpRequestMessage(HttpMethod.Delete, Api.Endpoint.At(VideoPath(job))), cancel);
        return reply is { IsPage: false } && (reply.IsSuccess || reply.Code is 404 or 410);
    }
}
