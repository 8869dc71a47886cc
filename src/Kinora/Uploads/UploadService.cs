using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.References;

namespace Kinora.Uploads;

/// <summary>Uploaded files as their owners deal with them. Every method knows the caller's own only: another's id reads like an unknown one (<c>not_found</c>).</summary>
public sealed class UploadService(IUploadStore store, ReferenceImporter importer, IAssetStore assets, UploadOptions options, IRandomBytes random, TimeProvider time)
{
    /// <summary>Most files in a page.</summary>
    public const int LargestPage = 10_000;

    /// <summary>Keeps a picture, cleaned.</summary>
    /// <param name="path">Where the upload lies now; it is read only, and stays.</param>
    /// <param name="fileName">As the caller named it; anything.</param>
    /// <param name="purpose">One of <see cref="UploadRules.Purposes"/>.</param>
    /// <exception cref="KinoraException">
    /// With the field <c>file</c>: <c>invalid_request</c> (empty), <c>invalid_image</c>, <c>image_too_large</c>. <c>invalid_request</c> with the field
    /// <c>purpose</c>. <c>limit_reached</c>.
    /// </exception>
    public async Task<UploadedFile> AddAsync(Caller caller, string path, string? fileName, string? purpose, CancellationToken cancel)
    {
        if (UploadRules.CheckPurpose(purpose) is { } fault)
        {
            throw KinoraException.Invalid([fault]);
        }

        var bytes = new FileInfo(path).Length;
        if (bytes == 0)
        {
            throw Invalid("file", "The file is empty. Send a PNG, JPEG or WebP picture.");
        }

        // Looked at before the work, and settled by the store after it.
        if (await store.CountAsync(caller.UserId, cancel) >= options.MaxFiles)
        {
            throw Full();
        }

        var file = new UploadedFile
        {
            Id = FileId.New(random),
            Owner = caller.UserId,
            FileName = UploadedName.Of(fileName),
            Purpose = purpose!,
            Bytes = bytes,
            Picture = await ImportAsync(path, cancel),
            CreatedAt = time.GetUtcNow(),
        };
        return await store.AddAsync(file, options.MaxFiles, cancel) ? file : throw Full();
    }

    public async Task<UploadedFile> GetAsync(Caller caller, string id, CancellationToken cancel) =>
        FileId.TryParse(id, out var fileId) && await store.GetAsync(fileId, caller.UserId, cancel) is { } file ? file : throw NotFound();

    /// <summary>Where its picture lies: the cleaned one, not the bytes that came.</summary>
    /// <exception cref="KinoraException">Also <c>asset_missing</c>: the store has lost it.</exception>
    public async Task<UploadContent> ContentAsync(Caller caller, string id, CancellationToken cancel)
    {
        var file = await GetAsync(caller, id, cancel);
        return new UploadContent(file, await assets.PathAsync(file.Picture, cancel));
    }

    /// <param name="after">Id of the last file of the page before; it may have been deleted since.</param>
    /// <param name="limit">1 to <see cref="LargestPage"/>.</param>
    /// <param name="purpose">Only those; null for all.</param>
    /// <exception cref="KinoraException"><c>invalid_request</c> with the fields <c>after</c>, <c>limit</c>, <c>purpose</c>.</exception>
    public async Task<UploadPage> ListAsync(Caller caller, string? after, int limit, bool oldestFirst, string? purpose, CancellationToken cancel)
    {
        if (limit is < 1 or > LargestPage)
        {
            throw Invalid("limit", FormattableString.Invariant($"A page has 1 to {LargestPage:N0} files."));
        }

        if (purpose is not null && UploadRules.CheckPurpose(purpose) is { } fault)
        {
            throw KinoraException.Invalid([fault]);
        }

        FileId? cursor = null;
        if (after is not null)
        {
            cursor = FileId.TryParse(after, out var id) ? id : throw NoCursor();
        }

        return await store.ListAsync(new UploadQuery(caller.UserId, limit, cursor, oldestFirst, purpose), cancel) ?? throw NoCursor();
    }

    /// <summary>Forgets a file. Requests that named it keep their picture.</summary>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancel)
    {
        if (!FileId.TryParse(id, out var fileId) || !await store.DeleteAsync(fileId, caller.UserId, time.GetUtcNow(), cancel))
        {
            throw NotFound();
        }
    }

    private async Task<InputImage> ImportAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await importer.ImportAsync(new ImageSource.LocalFile("file", path), cancel);
        }
        catch (KinoraException refused) when (refused.Code is ErrorCodes.InvalidImage or ErrorCodes.ImageTooLarge)
        {
            throw KinoraException.Invalid([new Fault("file", refused.Message, refused.Code)]);
        }
    }

    private KinoraException Full() => new(
        ErrorCodes.LimitReached, FormattableString.Invariant($"There are {options.MaxFiles:N0} files already, the most a user may have. Delete one first."));

    private static KinoraException NotFound() => KinoraException.NotFound("file");

    private static KinoraException NoCursor() => Invalid("after", "There is no file with that id to go on from.");

    private static KinoraException Invalid(string field, string text) => KinoraException.Invalid([new Fault(field, text)]);
}
