using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Jobs;
using Kinora.References;

namespace Kinora.Generation;

/// <summary>Extension where a model has none of its own: a new clip that begins with the last frame, to be joined behind its source.</summary>
public sealed class Appending(LastFrames lastFrames, ReferenceImporter importer, IAssetStore assets)
{
    /// <summary>The request as it can be had from this model: an extension that it does not have becomes an <see cref="Operation.Append"/>; any other is left.</summary>
    /// <param name="filled">With the model's defaults.</param>
    public static GenerationRequest Turn(GenerationRequest filled, ModelInfo model, Job? source)
    {
        if (filled.Operation != Operation.Extend || !model.FirstFrame || Extends(filled, model))
        {
            return filled;
        }

        var size = SizeOf(filled, source);
        return filled with { Operation = Operation.Append, Size = size is { } whole ? model.Sizes?.Nearest(whole) ?? whole : model.Sizes?.Default };
    }

    /// <summary>By itself: what was uploaded only where it takes uploads.</summary>
    public static bool Extends(GenerationRequest request, ModelInfo model) => model.Extend && (model.TakesVideo || !request.StartsFromUpload);

    /// <summary>The size of what is extended: of its file, and of one that is not made yet the size that was asked.</summary>
    public static FrameSize? SizeOf(GenerationRequest request, Job? source) =>
        request.SourceVideo is { } upload ? new FrameSize(upload.Width, upload.Height)
        : source?.Assets.FirstOrDefault(a => a.Role == AssetRole.Video) is { Width: { } width, Height: { } height } ? new FrameSize(width, height)
        : source?.Request.Size;

    /// <summary>
    /// Takes what a checked request needs of its source, so that nothing is missing when that is deleted: the file that is edited or extended, and the frame that
    /// a new clip begins with.
    /// </summary>
    /// <exception cref="Errors.KinoraException"><c>asset_missing</c>, <c>asset_invalid</c>, <c>storage_full</c>.</exception>
    public async Task<GenerationRequest> CompleteAsync(GenerationRequest request, Job? source, CancellationToken cancel)
    {
        if (request.Operation is not (Operation.Append or Operation.Extend or Operation.Edit) || request.Kind != MediaKind.Video)
        {
            return request;
        }

        var video = request.SourceVideo ?? await KeepAsync(source!, cancel);
        request = request with { SourceVideo = video };
        if (request.Operation != Operation.Append)
        {
            return request;
        }

        var frame = await lastFrames.OfAsync(await assets.PathAsync(video, cancel), cancel);
        return request with { FirstFrame = request.Size is { } size ? await importer.FitAsync(frame, size, cancel) : frame };
    }

    /// <summary>What its owner must know before it is made; null for any other request.</summary>
    public static string? Warning(GenerationRequest request)
    {
        if (request is not { Operation: Operation.Append, SourceVideo: { } video })
        {
            return null;
        }

        var length = request.Seconds is { } seconds ? FormattableString.Invariant($" of {seconds:0.##} s") : "";
        var fitted = request.Size is { } size && size != new FrameSize(video.Width, video.Height)
            ? FormattableString.Invariant($" It is made in {size} and fitted to {video.Width}x{video.Height}.")
            : "";
        return $"{request.Model} has no extension of its own: a new clip{length} begins with the last frame of the video and is joined behind it; picture and sound may jump there.{fitted}";
    }

    private async Task<InputVideo> KeepAsync(Job source, CancellationToken cancel)
    {
        var asset = source.Assets.First(a => a.Role == AssetRole.Video);
        var video = new InputVideo(asset.Sha256, asset.MimeType, asset.Width ?? 0, asset.Height ?? 0, asset.Seconds ?? 0);
        await assets.PutInputVideoAsync(await assets.LocalPathAsync(asset, cancel), video, cancel);
        return video;
    }
}
