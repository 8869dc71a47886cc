using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.References;
using Kinora.Uploads;

namespace Kinora.Characters;

/// <summary>Characters as their owners deal with them. Every method knows the caller's own only: another's id reads like an unknown one (<c>not_found</c>).</summary>
public sealed class CharacterService(
    ICharacterStore store,
    IMediaTool media,
    ReferenceImporter importer,
    IAssetStore assets,
    UploadOptions options,
    IRandomBytes random,
    TimeProvider time)
{
    /// <summary>Longer side of a still at most, in pixels: as large as the videos that it is a reference for.</summary>
    private const int StillSide = 1_280;

    /// <summary>Makes a character of a video: keeps stills of it, and nothing else.</summary>
    /// <param name="videoPath">Where the upload lies now; it is read only, and stays.</param>
    /// <exception cref="KinoraException">
    /// <c>invalid_request</c> with the fields <c>name</c>, <c>video</c> (none, damaged, too long or too large). <c>limit_reached</c>. <c>media_tool_missing</c>.
    /// </exception>
    public async Task<Character> AddAsync(Caller caller, string? name, string videoPath, CancellationToken cancel)
    {
        var trimmed = (name ?? "").Trim();
        Require(CharacterRules.CheckName(trimmed), CharacterRules.CheckBytes(new FileInfo(videoPath).Length));
        if (media.Missing() is { } missing)
        {
            throw new KinoraException(ErrorCodes.MediaToolMissing, missing);
        }

        // Looked at before the work, and settled by the store after it.
        if (await store.CountAsync(caller.UserId, cancel) >= options.MaxCharacters)
        {
            throw Full();
        }

        var character = new Character
        {
            Id = CharacterId.New(random),
            Owner = caller.UserId,
            Name = trimmed,
            Pictures = await StillsAsync(videoPath, cancel),
            CreatedAt = time.GetUtcNow(),
        };
        return await store.AddAsync(character, options.MaxCharacters, cancel) ? character : throw Full();
    }

    public async Task<Character> GetAsync(Caller caller, string id, CancellationToken cancel) =>
        CharacterId.TryParse(id, out var characterId) && await store.GetAsync(characterId, caller.UserId, cancel) is { } character
            ? character
            : throw KinoraException.NotFound("character");

    private async Task<IReadOnlyList<InputImage>> StillsAsync(string videoPath, CancellationToken cancel)
    {
        var scratch = JobId.New(random);
        try
        {
            var video = await media.ProbeVideoAsync(videoPath, cancel);
            Require(CharacterRules.CheckLength(video));
            var frames = await media.ExtractFramesAsync(videoPath, video, 3, StillSide, assets.WorkFolder(scratch), cancel);
            var pictures = new List<InputImage>();
            foreach (var frame in new[] { frames[1], frames[0], frames[2] })
            {
                pictures.Add(await importer.ImportAsync(new ImageSource.LocalFile("video", frame.Path), cancel));
            }

            // A clip that stands still shows the same three times.
            return [.. pictures.Distinct()];
        }
        catch (KinoraException refused) when (refused.Code == ErrorCodes.AssetInvalid)
        {
            throw KinoraException.Invalid([new Fault("video", refused.Message)]);
        }
        finally
        {
            assets.ClearWork(scratch);
        }
    }

    private static void Require(params IEnumerable<Fault?> found)
    {
        if (found.OfType<Fault>().ToList() is { Count: > 0 } faults)
        {
            throw KinoraException.Invalid(faults);
        }
    }

    private KinoraException Full() => new(
        ErrorCodes.LimitReached, FormattableString.Invariant($"There are {options.MaxCharacters:N0} characters already, the most a user may have."));
}
