using Kinora.Adapters.Providers.Http;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>For sites with the Responses API: what runs in the background can be stopped.</summary>
internal sealed class ConversingOpenAiImagesProvider(OpenAiImagesSite site, ProviderTraits traits, TimeProvider clock)
    : OpenAiImagesProvider(site, traits, clock), ICancellingProvider
{
    public async Task<bool> CancelAsync(RemoteJob job, CancellationToken cancel)
    {
        if (!IsTurn(job))
        {
            return false;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, Api.Endpoint.At(PathOf(job) + "/cancel"));
        request.Headers.Accept.ParseAdd("application/json");
        var (reply, _) = await Api.AskAsync(request, cancel);

        // One that is done already answers with its end, and goes on to be collected.
        return reply is { IsPage: false }
            && (reply.Code is 404 or 410
                || (reply.IsSuccess && reply.Read(OpenAiImagesJson.Default.WireResponse) is { } response && StatusWords.Read(response.Status) == RemoteState.Cancelled));
    }
}
