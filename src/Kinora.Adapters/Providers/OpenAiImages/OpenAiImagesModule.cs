using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>OpenAI's images, and any number of servers that speak its Images API, each configured by name.</summary>
internal sealed class OpenAiImagesModule : IProviderModule
{
    public string Kind => "openai-images";

    public ProviderEnvironment Environment { get; } = new(["OPENAI_API_KEY", "SORA2_MCP_API_KEY"], ["OPENAI_BASE_URL"]);

    public IReadOnlyList<string> Check(ProviderSettings settings) => [.. OpenAiImagesSite.Faults(settings)];

    public IMediaProvider Create(ProviderSettings settings, IServiceProvider services)
    {
        var clock = (TimeProvider?)services.GetService(typeof(TimeProvider)) ?? TimeProvider.System;
        var site = OpenAiImagesSite.Read(settings);

        // Pictures come within the answer to the create: it may take minutes, and each may weigh tens of megabytes here meanwhile.
        var traits = settings.Apply(new ProviderTraits { MaxConcurrent = 8, MinPoll = TimeSpan.FromSeconds(2), SubmitTimeout = TimeSpan.FromMinutes(10) });
        return site.Responses ? new ConversingOpenAiImagesProvider(site, traits, clock) : new OpenAiImagesProvider(site, traits, clock);
    }
}
