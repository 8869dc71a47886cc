using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>Any number of servers that speak the OpenAI Videos shape, each configured by name.</summary>
internal sealed class OpenAiVideosModule : IProviderModule
{
    public string Kind => "openai-videos";

    // OPENAI_API_KEY is for images: OpenAI switched its own videos off on 2026-09-24 (https://developers.openai.com/api/docs/deprecations).
    public ProviderEnvironment Environment => ProviderEnvironment.None;

    public IReadOnlyList<string> Check(ProviderSettings settings) => [.. OpenAiVideosOptions.Faults(settings)];

    public IMediaProvider Create(ProviderSettings settings, IServiceProvider services)
    {
        var clock = (TimeProvider?)services.GetService(typeof(TimeProvider)) ?? TimeProvider.System;
        var options = OpenAiVideosOptions.Read(settings);
        var traits = settings.Apply(new ProviderTraits { MinPoll = options.Dialect.MinPoll });
        return options.Dialect switch
        {
            { Delete: DeleteRule.Stops } => new StoppableOpenAiVideosProvider(options, traits, clock),
            { Lists: true } => new ListedOpenAiVideosProvider(options, traits, clock),
            _ => new OpenAiVideosProvider(options, traits, clock),
        };
    }
}
