namespace Kinora.Adapters.Media.Ffmpeg;

/// <summary>The containers Kinora takes, each with the one ffmpeg demuxer that may open it.</summary>
internal sealed record VideoContainer(string Name, string Demuxer)
{
    public static readonly VideoContainer Mp4 = new("mp4", "mov");
    public static readonly VideoContainer Mov = new("mov", "mov");
    public static readonly VideoContainer WebM = new("webm", "matroska");
}
