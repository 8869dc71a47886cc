using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.References;

namespace Kinora.Generation;

/// <summary>The true last frame of a video, as a picture that another can begin with.</summary>
public sealed class LastFrames(IMediaTool media, IAssetStore assets, ReferenceImporter importer, IRandomBytes random)
{
    /// <param name="video">Completed. Its owner is not asked again.</param>
    /// <exception cref="Errors.KinoraException"><c>asset_missing</c>, <c>asset_invalid</c>.</exception>
    public async Task<InputImage> OfAsync(Job video, CancellationToken cancel) =>
        await OfAsync(await assets.LocalPathAsync(video.Assets.First(a => a.Role == AssetRole.Video), cancel), cancel);

    /// <param name="path">Of a video of our store.</param>
    /// <exception cref="Errors.KinoraException"><c>asset_invalid</c>.</exception>
    public async Task<InputImage> OfAsync(string path, CancellationToken cancel)
    {
        var scratch = JobId.New(random);
        try
        {
            var frame = Path.Combine(assets.WorkFolder(scratch), "last.png");
            await media.ExtractLastFrameAsync(path, frame, cancel);
            return await importer.ImportAsync(new ImageSource.LocalFile("last frame", frame), cancel);
        }
        finally
        {
            assets.ClearWork(scratch);
        }
    }
}
