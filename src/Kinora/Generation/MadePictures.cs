using Kinora.Folders;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Uploads;

namespace Kinora.Generation;

/// <summary>Finds pictures that were made or uploaded here: only those of whoever asks.</summary>
public sealed class MadePictures(IJobStore store, IAssetStore assets, IUploadStore uploads)
{
    /// <summary>The source with its owner taken into account, as something the importer can read without asking who wants it.</summary>
    /// <exception cref="KinoraException"><c>not_found</c>: unknown, deleted, another's, or it has no such picture. <c>not_ready</c>: it is not done.</exception>
    public async Task<ImageSource> LocateAsync(Caller caller, ImageSource source, CancellationToken cancel) => source switch
    {
        ImageSource.Made made => new ImageSource.LocalFile(made.Field, await PathAsync(caller, made.Id, cancel)),
        ImageSource.Uploaded file => new ImageSource.Kept(file.Field, await UploadedAsync(caller, file.FileId, cancel)),
        ImageSource.FolderFile file => file with { Name = OwnedNames.Of(caller.UserId, file.Name) },
        ImageSource.WorkspaceFile file => file with { Name = OwnedNames.Of(caller.UserId, file.Name) },
        _ => source,
    };

    private async Task<InputImage> UploadedAsync(Caller caller, string text, CancellationToken cancel) =>
        FileId.TryParse(text, out var id) && await uploads.GetAsync(id, caller.UserId, cancel) is { } file ? file.Picture : throw KinoraException.NotFound("file");

    private async Task<string> PathAsync(Caller caller, string text, CancellationToken cancel)
    {
        if (!ImageId.TryParse(text, out var id) || await store.GetAsync(id.Job, caller.UserId, cancel) is not { Kind: MediaKind.Image } job)
        {
            throw KinoraException.NotFound("image");
        }

        if (job.Status != JobStatus.Completed)
        {
            throw new KinoraException(ErrorCodes.NotReady, $"That image is not completed ({job.Status.Word()}). Wait for it first.");
        }

        return job.Assets.FirstOrDefault(a => a.Role == AssetRole.Image && a.Index == id.Index) is { } asset
            ? await assets.LocalPathAsync(asset, cancel)
            : throw KinoraException.NotFound("image");
    }
}
