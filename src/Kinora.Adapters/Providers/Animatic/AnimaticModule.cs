using Kinora.Providers;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>The built-in renderer: on without any setting.</summary>
internal sealed class AnimaticModule : IProviderModule
{
    public string Kind => "animatic";

    public ProviderEnvironment Environment { get; } = ProviderEnvironment.None with { AlwaysOn = true };

    public IReadOnlyList<string> Check(ProviderSettings settings)
    {
        var faults = new List<string>();
        _ = AnimaticOptions.Read(settings, faults);
        return faults;
    }

    public IMediaProvider Create(ProviderSettings settings, IServiceProvider services)
    {
        var options = AnimaticOptions.Read(settings, []);
        return new AnimaticProvider(settings, new Ffmpeg(options.Ffmpeg, options.Ffprobe));
    }
}
