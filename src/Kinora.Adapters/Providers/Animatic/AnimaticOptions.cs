using Kinora.Providers;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>Settings <c>Providers:animatic:…</c> beyond the common ones.</summary>
internal sealed record AnimaticOptions
{
    /// <summary>ffmpeg: a name to find on PATH, or a path.</summary>
    public string Ffmpeg { get; init; } = "ffmpeg";

    /// <summary>ffprobe: a name to find on PATH, or a path.</summary>
    public string Ffprobe { get; init; } = "ffprobe";

    internal static AnimaticOptions Read(ProviderSettings settings, ICollection<string> faults)
    {
        foreach (var key in settings.Extra.Keys)
            if (key is not (nameof(Ffmpeg) or nameof(Ffprobe)))
                faults.Add($"Providers:{settings.Name}:{key}: there is no such setting; known are {nameof(Ffmpeg)} and {nameof(Ffprobe)}.");
        return new AnimaticOptions
        {
            Ffmpeg = settings.Extra.GetValueOrDefault(nameof(Ffmpeg), "ffmpeg"),
            Ffprobe = settings.Extra.GetValueOrDefault(nameof(Ffprobe), "ffprobe"),
        };
    }
}
