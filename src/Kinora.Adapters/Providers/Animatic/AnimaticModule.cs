using Kinora.Adapters.Media.Ffmpeg;
using Kinora.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>The built-in renderer: on without any setting; it uses the ffmpeg of the section <c>Media</c>.</summary>
internal sealed class AnimaticModule : IProviderModule
{
    public string Kind => "animatic";

    public ProviderEnvironment Environment { get; } = ProviderEnvironment.None with { AlwaysOn = true };

    public IReadOnlyList<string> Check(ProviderSettings settings) =>
        [.. settings.Extra.Keys.Select(key => $"Providers:{settings.Name}:{key}: there is no such setting.")];

    public IMediaProvider Create(ProviderSettings settings, IServiceProvider services)
    {
        var media = services.GetRequiredService<MediaOptions>();
        return new AnimaticProvider(settings, new Ffmpeg(media.Ffmpeg, media.Ffprobe));
    }
}
