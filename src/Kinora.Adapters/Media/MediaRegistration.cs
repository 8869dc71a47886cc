using Kinora.Adapters.Media.Ffmpeg;
using Kinora.Adapters.Media.Images;
using Kinora.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Adapters.Media;

internal static class MediaRegistration
{
    /// <summary>Videos by ffmpeg, pictures by this program's own worker. Starts nothing before first use.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services, MediaOptions media, ImageOptions images) => services
        .AddSingleton(media)
        .AddSingleton<IMediaTool>(_ => new FfmpegMediaTool(media))
        .AddSingleton<IImageTool>(_ => new ImageCleaner(images));
}
