using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Jobs;
using Kinora.Sessions;

namespace Kinora.Images;

/// <summary>
/// The workspace folder: a copy of every finished picture under a name that says what it is, the notes beside it, and a log of each session. A comfort for
/// people and a second copy, not the store: what fails here never fails a job.
/// </summary>
public sealed class ImageWorkspace(UserFolders folders, ISessionStore sessions)
{
    /// <summary>Notes larger than this are not ours.</summary>
    private const int MaxNotesBytes = 1 << 20;

    /// <summary>How many taken names are passed over before giving up.</summary>
    private const int MaxTaken = 10_000;

    /// <summary>Copies a picture with its notes. The same picture again comes to the same name.</summary>
    /// <returns>Its name in the folder.</returns>
    /// <exception cref="KinoraException">See <see cref="IUserFolder.CopyInAsync"/>.</exception>
    public async Task<string> SaveAsync(Job job, Asset picture, string file, CancellationToken cancel)
    {
        var session = job.SessionId is { } id ? await sessions.GetAsync(id, owner: null, cancel) : null;
        var before = session is null ? [] : (await sessions.TurnsAsync(session.Id, cancel)).Where(t => t.Status == JobStatus.Completed && t.Id != job.Id).ToList();
        PictureNotes notes;
        if (session is null)
        {
            notes = Notes(job, picture, session, WorkspaceNames.Single(job, picture.Index, Extension(picture)), 0);
            await WriteAsync(WorkspaceNames.Metadata(OwnedNames.Of(job.Owner, notes.ImagePath!)), notes, WorkspaceJson.Readable.PictureNotes, overwrite: true, cancel);
        }
        else
        {
            var first = before.Sum(t => t.Assets.Count(a => a.Role == AssetRole.Image)) + 1 + picture.Index;
            notes = await TakeNumberAsync(job, picture, session, first, before.Count + 1, cancel);
        }

        await folders.Workspace.CopyInAsync(OwnedNames.Of(job.Owner, notes.ImagePath!), file, overwrite: true, cancel);
        return notes.ImagePath!;
    }

    /// <summary>Writes the log of a session anew.</summary>
    /// <exception cref="KinoraException">See <see cref="IUserFolder.SaveAsync"/>.</exception>
    public async Task WriteLogAsync(SessionId id, CancellationToken cancel)
    {
        if (await sessions.GetAsync(id, owner: null, cancel) is not { } session)
        {
            return;
        }

        var turns = (await sessions.TurnsAsync(id, cancel)).Where(t => t.Status == JobStatus.Completed).ToList();
        var log = new ConversationLog
        {
            SessionId = id.ToString(),
            SessionName = session.Name,
            Description = session.Description,
            Model = session.Model,
            CreatedAt = session.CreatedAt,
            LastActivity = session.UsedAt,
            Turns = [.. turns.Select((job, n) => Turn(job, n + 1))],
        };
        await WriteAsync(OwnedNames.Of(session.Owner, WorkspaceNames.Log(id)), log, WorkspaceJson.Readable.ConversationLog, overwrite: true, cancel);
    }

    /// <summary>The notes beside a picture.</summary>
    /// <param name="name">Of the picture, as its owner gave it.</param>
    /// <exception cref="KinoraException"><c>metadata_missing</c>, <c>metadata_unreadable</c>. <c>file_not_found</c>: there is no such picture.</exception>
    public async Task<PictureNotes> NotesAsync(string owner, string name, CancellationToken cancel)
    {
        var path = OwnedNames.Of(owner, name);
        await (await folders.Workspace.OpenAsync(path, cancel)).Content.DisposeAsync();
        try
        {
            return await ReadAsync(path, cancel) ?? throw new KinoraException(
                ErrorCodes.MetadataMissing,
                "The picture has no metadata file beside it (its name with _metadata.json), so what it was made from is not known. Give the id of an image made here, or begin a session with the picture as reference.");
        }
        catch (JsonException fault)
        {
            throw new KinoraException(ErrorCodes.MetadataUnreadable, "The metadata file beside the picture is not readable as JSON.", fault.Message, fault);
        }
    }

    /// <summary>Which picture made here a file says it is a copy of; null when it does not tell, or is not there.</summary>
    /// <param name="name">Of the picture, as its owner gave it.</param>
    public async Task<ImageId?> MadeAsync(string owner, string name, CancellationToken cancel)
    {
        try
        {
            return ImageId.TryParse((await NotesAsync(owner, name, cancel)).GenerationId, out var id) ? id : null;
        }
        catch (KinoraException foreign) when (foreign.Code is ErrorCodes.MetadataMissing or ErrorCodes.MetadataUnreadable or ErrorCodes.FileNotFound or ErrorCodes.InvalidFileName)
        {
            return null;
        }
    }

    /// <summary>False when the file is no longer the picture it was copied from.</summary>
    /// <param name="name">Of the copy, as its owner gave it.</param>
    /// <exception cref="KinoraException"><c>file_not_found</c>.</exception>
    public async Task<bool> IsCopyAsync(string owner, string name, Asset picture, CancellationToken cancel)
    {
        var file = await folders.Workspace.OpenAsync(OwnedNames.Of(owner, name), cancel);
        await using var content = file.Content;
        return file.Info.Bytes == picture.Bytes && Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) == picture.Sha256;
    }

    /// <summary>Takes the next number that is free, or that is this picture's from an earlier try. The notes come first: whoever writes them has the number.</summary>
    /// <param name="length">Turns of the session, this one included.</param>
    private async Task<PictureNotes> TakeNumberAsync(Job job, Asset picture, ImageSession session, int first, int length, CancellationToken cancel)
    {
        for (var number = first; number < first + MaxTaken; number++)
        {
            var notes = Notes(job, picture, session, WorkspaceNames.InSession(session.Id, number, Extension(picture)), length);
            var path = OwnedNames.Of(job.Owner, notes.ImagePath!);
            try
            {
                var there = await ReadAsync(path, cancel);
                if (there?.GenerationId == notes.GenerationId)
                {
                    return notes;
                }

                if (there is null && !await ExistsAsync(path, cancel))
                {
                    await WriteAsync(WorkspaceNames.Metadata(path), notes, WorkspaceJson.Readable.PictureNotes, overwrite: false, cancel);
                    return notes;
                }
            }
            catch (JsonException)
            {
                // Notes of somebody else.
            }
            catch (KinoraException taken) when (taken.Code == ErrorCodes.FileExists)
            {
                // Another turn that ends at the same time was quicker.
            }
        }

        throw new KinoraException(ErrorCodes.OutputNotWritable, "The session's folder in the workspace holds too many foreign files.");
    }

    /// <summary>The notes beside a picture that may be there; null when there are none.</summary>
    /// <exception cref="JsonException">They cannot be read.</exception>
    private async Task<PictureNotes?> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            var file = await folders.Workspace.OpenAsync(WorkspaceNames.Metadata(path), cancel);
            await using var content = file.Content;
            return file.Info.Bytes <= MaxNotesBytes && await JsonSerializer.DeserializeAsync(content, WorkspaceJson.Readable.PictureNotes, cancel) is { } notes
                ? notes
                : throw new JsonException();
        }
        catch (KinoraException missing) when (missing.Code == ErrorCodes.FileNotFound)
        {
            return null;
        }
    }

    private async Task<bool> ExistsAsync(string path, CancellationToken cancel)
    {
        try
        {
            await (await folders.Workspace.OpenAsync(path, cancel)).Content.DisposeAsync();
            return true;
        }
        catch (KinoraException missing) when (missing.Code == ErrorCodes.FileNotFound)
        {
            return false;
        }
    }

    /// <param name="name">In the workspace folder.</param>
    /// <param name="length">Turns of the session so far.</param>
    internal static PictureNotes Notes(Job job, Asset picture, ImageSession? session, string name, int length)
    {
        var request = job.Request;
        var output = job.Outputs.Count > picture.Index ? job.Outputs[picture.Index] : null;
        return new PictureNotes
        {
            OriginalPrompt = request.Prompt,
            RevisedPrompt = output?.RevisedPrompt,
            Model = job.Model,
            GenerationParams = new PictureParams(
                request.Quality ?? "auto", request.Size?.ToString() ?? "auto", request.Background ?? "auto", Extension(picture)),
            SessionId = session?.Id.ToString(),
            SessionName = session?.Name,
            CreatedAt = job.CreatedAt,
            Timestamp = job.CreatedAt,
            GenerationId = new ImageId(job.Id, picture.Index).ToString(),
            GenerationCallId = output?.Id,
            FileSizeBytes = picture.Bytes,
            UseCase = request.UseCase ?? Catalog.ImageWords.General,
            ImagePath = name,
            ConversationLength = length,
            Sha256 = picture.Sha256,
            MimeType = picture.MimeType,
            Width = picture.Width,
            Height = picture.Height,
        };
    }

    private static ConversationTurn Turn(Job job, int number)
    {
        var pictures = job.Assets.Where(a => a.Role == AssetRole.Image).ToList();
        return new ConversationTurn(
            number,
            job.CreatedAt,
            job.Request.Prompt,
            job.Outputs.Count > 0 ? job.Outputs[0].RevisedPrompt : null,
            job.Outputs.Count > 0 ? job.Outputs[0].Remarks : null,
            job.SourceId is { } source ? new ImageId(source, job.Request.SourceIndex).ToString() : null,
            pictures.ConvertAll(p => new ImageId(job.Id, p.Index).ToString()),
            [.. pictures.Select(p => p.WorkspaceName).OfType<string>()]);
    }

    private static string Extension(Asset picture) => Path.GetExtension(picture.FileName)[1..];

    private async Task WriteAsync<T>(string name, T value, JsonTypeInfo<T> type, bool overwrite, CancellationToken cancel) =>
        await folders.Workspace.SaveAsync(name, (file, stop) => JsonSerializer.SerializeAsync(file, value, type, stop), overwrite, cancel);
}
