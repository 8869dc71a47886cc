using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;

namespace Kinora.References;

/// <summary>The one way of a picture into the store: limits, type by bytes, clean re-encode; the same for every route.</summary>
public sealed class ReferenceImporter(IImageTool images, IAssetStore assets, IRandomBytes random, UserFolders folders, IUrlFetcher urls)
{
    /// <summary>Largest picture file, in bytes.</summary>
    public const long MaxBytes = 25_000_000;

    /// <exception cref="KinoraException">
    /// <c>invalid_image</c>, <c>image_too_large</c>, <c>url_refused</c>, <c>url_failed</c>: says what is wrong and what is allowed. Of a file in the reference
    /// folder also what <see cref="IUserFolder.OpenAsync"/> throws.
    /// </exception>
    public async Task<InputImage> ImportAsync(ImageSource source, CancellationToken cancel)
    {
        if (source is ImageSource.Kept kept)
        {
            return kept.Picture;
        }

        var scratch = JobId.New(random);
        var folder = assets.WorkFolder(scratch);
        try
        {
            var raw = Path.Combine(folder, "input");
            await SaveAsync(source, raw, cancel);
            var clean = Path.Combine(folder, "clean");
            var image = await images.CleanAsync(raw, clean, cancel);
            return await assets.PutInputAsync(clean, image, cancel);
        }
        finally
        {
            assets.ClearWork(scratch);
        }
    }

    /// <summary>The same picture cut and scaled to a frame of exactly that size; the picture itself when it has it.</summary>
    public async Task<InputImage> FitAsync(InputImage picture, FrameSize size, CancellationToken cancel)
    {
        if (picture.Width == size.Width && picture.Height == size.Height)
        {
            return picture;
        }

        var scratch = JobId.New(random);
        try
        {
            var fitted = Path.Combine(assets.WorkFolder(scratch), "fitted");
            var type = picture.MimeType == "image/jpeg" ? PictureType.Jpeg : PictureType.Png;
            var made = await images.FitAsync(await assets.PathAsync(picture, cancel), fitted, new PictureFit(size, FitMode.Crop, type, Colour.Black), cancel);
            return await assets.PutInputAsync(fitted, made.Image, cancel);
        }
        finally
        {
            assets.ClearWork(scratch);
        }
    }

    private async Task SaveAsync(ImageSource source, string path, CancellationToken cancel)
    {
        switch (source)
        {
            case ImageSource.LocalFile file:
                await CopyLocalAsync(file, path, cancel);
                break;
            case ImageSource.Bytes bytes:
                RefuseLarge(bytes.Data.Length);
                await File.WriteAllBytesAsync(path, bytes.Data.ToArray(), cancel);
                break;
            case ImageSource.FolderFile file:
                await FolderPicture.CopyAsync(folders.References, file.Name, path, cancel);
                break;
            case ImageSource.WorkspaceFile file:
                await FolderPicture.CopyAsync(folders.Workspace, file.Name, path, cancel);
                break;
            case ImageSource.Encoded encoded:
                await WriteEncodedAsync(encoded, path, cancel);
                break;
            case ImageSource.Link link:
                await urls.FetchAsync(link.Url, path, MaxBytes, cancel);
                break;
            default:
                throw new InvalidOperationException(source.GetType().Name);
        }
    }

    private static async Task CopyLocalAsync(ImageSource.LocalFile source, string path, CancellationToken cancel)
    {
        var name = Path.GetFileName(source.Path);
        try
        {
            var info = new FileInfo(source.Path);
            if (!info.Exists)
            {
                throw new KinoraException(ErrorCodes.InvalidImage, Directory.Exists(source.Path)
                    ? $"\"{name}\" is a folder, not a picture."
                    : $"There is no file \"{name}\". Give a PNG, JPEG or WebP file.");
            }

            // Pipes and devices have no length either, and opening one could wait for ever.
            if (info.Length == 0)
            {
                throw new KinoraException(ErrorCodes.InvalidImage, $"\"{name}\" is empty or no regular file. Give a PNG, JPEG or WebP file.");
            }

            RefuseLarge(info.Length);
            await using var from = new FileStream(source.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var to = new FileStream(path, FileMode.Create, FileAccess.Write);
            await from.CopyToAsync(to, cancel);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new KinoraException(
                ErrorCodes.InvalidImage, $"\"{name}\" is there, but this user may not read it. Allow it (chmod a+r) or give another file.", fault.Message, fault);
        }
        catch (IOException fault)
        {
            throw new KinoraException(ErrorCodes.InvalidImage, $"\"{name}\" cannot be read. Try again, or give another file.", fault.Message, fault);
        }
    }

    private static async Task WriteEncodedAsync(ImageSource.Encoded source, string path, CancellationToken cancel)
    {
        await using var to = new FileStream(path, FileMode.Create, FileAccess.Write);
        await Base64Picture.WriteAsync(source.Text, to, cancel);
        RefuseLarge(to.Length);
    }

    internal static void RefuseLarge(long bytes)
    {
        if (bytes > MaxBytes)
        {
            throw new KinoraException(
                ErrorCodes.ImageTooLarge, FormattableString.Invariant($"The picture has {bytes / 1e6:0.0} MB; at most {MaxBytes / 1_000_000} MB are allowed."));
        }
    }
}
