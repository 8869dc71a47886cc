namespace Kinora.Adapters.Providers.Animatic;

/// <summary>A render that could not be finished. The message is fit for the public; <see cref="Detail"/> (ffmpeg's last words) is not.</summary>
internal sealed class AnimaticException(string message, string? detail = null, Exception? inner = null) : Exception(message, inner)
{
    internal string? Detail { get; } = detail;
}
