using Kinora.Assets;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;

namespace Kinora.References;

/// <summary>The reference folder as its users see it, each his own part: which pictures there are, adding one, and making one ready for a video.</summary>
public sealed class ReferenceService(UserFolders folders, ReferenceImporter importer, IImageTool images, IAssetStore assets, IRandomBytes random)
{
    /// <summary>Only pictures, told by their first bytes. Names that could not be asked for, and links, are not shown.</summary>
    /// <exception cref="KinoraException"><c>invalid_request</c>, <c>folder_unusable</c>.</exception>
    public async Task<ReferencePage> ListAsync(string owner, ReferenceQuery query, CancellationToken cancel)
    {
        if (query.Limit is < 1 or > ReferenceQuery.MaxLimit)
        {
            throw new KinoraException(ErrorCodes.InvalidRequest, FormattableString.Invariant($"limit is 1 to {ReferenceQuery.MaxLimit}; you asked for {query.Limit}."));
        }

        var pattern = query.Pattern is { } text ? new GlobPattern(text) : null;
        var after = ReferencePlace.Parse(query);
        var places = folders.References.List(cancel)
            .Select(file => OwnedNames.Own(owner, file.Name) is { } own ? file with { Name = own } : null)
            .OfType<UserFileInfo>()
            .Where(file => pattern?.Matches(file.Name) ?? true)
            .Select(file => (File: file, Place: ReferencePlace.Of(file, query)))
            .Where(entry => after is null || entry.Place.CompareTo(after) > 0)
            .OrderBy(entry => entry.Place);

        var items = new List<ReferenceItem>();
        ReferencePlace? last = null;
        foreach (var (file, place) in places)
        {
            cancel.ThrowIfCancellationRequested();
            // Opened only as far as the page goes.
            if (await TypeAsync(OwnedNames.Of(owner, file.Name), cancel) is not { } type || (query.Type is { } wanted && wanted != type))
            {
                continue;
            }

            if (items.Count == query.Limit)
            {
                return new ReferencePage(items, last!.ToCursor());
            }

            items.Add(new ReferenceItem(file.Name, file.Bytes, file.ModifiedAt, type));
            last = place;
        }

        return new ReferencePage(items, null);
    }

    /// <summary>Puts a picture into the folder: a clean one, of the same look, without metadata. Never replaces a file.</summary>
    /// <param name="name">Wanted; the ending becomes that of what is written.</param>
    /// <exception cref="KinoraException">As for <see cref="PrepareAsync"/>, and what the importer throws.</exception>
    public async Task<ReferenceItem> AddAsync(string owner, string name, ImageSource source, CancellationToken cancel)
    {
        UserFileName.Require(name);
        var picture = await importer.ImportAsync(source, cancel);
        var type = picture.MimeType == "image/jpeg" ? PictureType.Jpeg : PictureType.Png;
        var saved = PictureTypes.OfName(name) == type ? name : Path.ChangeExtension(name, type == PictureType.Jpeg ? "jpg" : "png");
        UserFileName.Require(saved);
        var info = await folders.References.CopyInAsync(OwnedNames.Of(owner, saved), await assets.PathAsync(picture, cancel), overwrite: false, cancel);
        return new ReferenceItem(saved, info.Bytes, info.ModifiedAt, type);
    }

    /// <summary>Never replaces a file, nor touches the input.</summary>
    /// <exception cref="KinoraException">
    /// <c>invalid_request</c>: size, colour or ending. <c>invalid_file_name</c>, <c>file_not_found</c>, <c>file_exists</c>, <c>invalid_image</c>, <c>image_too_large</c>,
    /// <c>folder_unusable</c>, <c>output_not_writable</c>, <c>storage_full</c>.
    /// </exception>
    public async Task<PreparedReference> PrepareAsync(string owner, PrepareReference request, CancellationToken cancel)
    {
        UserFileName.Require(request.InputName);
        var output = request.OutputName ?? UsualName(request);
        var fit = new PictureFit(Size(request.Size), request.Mode, Type(output), Background(request.Background));
        RequireOutput(output, request.OutputName is null);

        var scratch = JobId.New(random);
        var folder = assets.WorkFolder(scratch);
        try
        {
            var raw = Path.Combine(folder, "input");
            await FolderPicture.CopyAsync(folders.References, OwnedNames.Of(owner, request.InputName), raw, cancel);
            FittedPicture? made = null;
            // Within the save, so that a name that is taken is told before any work.
            var saved = await folders.References.SaveAsync(
                OwnedNames.Of(owner, output),
                async (file, stop) =>
                {
                    var fitted = Path.Combine(folder, "fitted");
                    made = await images.FitAsync(raw, fitted, fit, stop);
                    await using var from = new FileStream(fitted, FileMode.Open, FileAccess.Read);
                    await from.CopyToAsync(file, stop);
                },
                overwrite: false,
                cancel);
            return new PreparedReference(
                output, made!.OriginalWidth, made.OriginalHeight, made.Image.Width, made.Image.Height, fit.Mode, saved.Bytes,
                Path.Combine(folders.References.Path, OwnedNames.Of(owner, output)));
        }
        finally
        {
            assets.ClearWork(scratch);
        }
    }

    private async Task<PictureType?> TypeAsync(string name, CancellationToken cancel)
    {
        try
        {
            await using var content = (await folders.References.OpenAsync(name, cancel)).Content;
            var head = new byte[PictureTypes.HeadBytes];
            return PictureTypes.OfBytes(head.AsSpan(0, await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel)));
        }
        catch (KinoraException fault) when (fault.Code is ErrorCodes.FileNotFound or ErrorCodes.InvalidFileName)
        {
            // Gone since it was listed, or closed to us.
            return null;
        }
    }

    /// <param name="isUsual">Made of the input's name, which was allowed: it can only be too long now.</param>
    private static void RequireOutput(string name, bool isUsual)
    {
        try
        {
            UserFileName.Require(name);
        }
        catch (KinoraException fault)
        {
            // Two names came; this says which of them it was.
            var text = isUsual ? "With the size behind it input_filename is too long for the name of the new file. Give output_filename." : fault.Message;
            throw KinoraException.Invalid([new Fault("output_filename", text, fault.Code)]);
        }
    }

    private static string UsualName(PrepareReference request)
    {
        var folder = request.InputName.LastIndexOf('/') + 1;
        var dot = request.InputName.LastIndexOf('.');
        return FormattableString.Invariant($"{(dot > folder ? request.InputName[..dot] : request.InputName)}_{request.Size}.png");
    }

    private static FrameSize Size(FrameSize size) =>
        Fits(size.Width) && Fits(size.Height)
            ? size
            : throw Invalid(
                "target_size",
                FormattableString.Invariant($"The size is {PrepareReference.MinSide} to {PrepareReference.MaxSide} pixels a side, such as 1280x720; you asked for {size}."));

    private static bool Fits(int side) => side is >= PrepareReference.MinSide and <= PrepareReference.MaxSide;

    private static PictureType Type(string output) =>
        PictureTypes.OfName(output) ?? throw Invalid("output_filename", "The output name must end in .png, .jpg, .jpeg or .webp: what it ends in is written.");

    private static Colour Background(string? text) =>
        text is null ? Colour.Black
        : Colour.TryParse(text, out var colour) ? colour
        : throw Invalid("background", "The background is a colour such as #000000 or #ff8800.");

    private static KinoraException Invalid(string field, string text) => KinoraException.Invalid([new Fault(field, text)]);
}
