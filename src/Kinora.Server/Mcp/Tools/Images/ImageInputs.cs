using Kinora.Assets;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Images;
using Kinora.Jobs;

namespace Kinora.Server.Mcp.Tools.Images;

/// <summary>
/// What a caller can name a picture by: the id of one made here, a file of the workspace (<c>generated_images/…</c>) or of the reference folder, on the same
/// machine also by its whole path, an address, or base64.
/// </summary>
internal static class ImageInputs
{
    /// <summary>No name of a file is longer; base64 of any picture is.</summary>
    private const int LongestName = 1_000;

    public static ImageSource? Optional(ToolCall call, string field) => call.Arguments.TextOrNull(field) is { } text ? Source(call, field, text) : null;

    /// <exception cref="KinoraException"><c>invalid_file_name</c>: a whole path beside the folders.</exception>
    public static ImageSource Source(ToolCall call, string field, string text)
    {
        if (ImageId.TryParse(text, out _))
        {
            return new ImageSource.Made(field, text);
        }

        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return new ImageSource.Link(field, text);
        }

        if (text.Length > LongestName || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return new ImageSource.Encoded(field, text);
        }

        var folders = call.Studio.Folders;
        return Within(call, folders.Workspace, text) is { } inWorkspace ? new ImageSource.WorkspaceFile(field, inWorkspace)
            : Within(call, folders.References, text) is { } inReferences ? new ImageSource.FolderFile(field, inReferences)
            : call.Client.SameMachine && Path.IsPathRooted(text) ? throw Outside(field, folders.References)
            : text.StartsWith(WorkspaceNames.Root + "/", StringComparison.Ordinal) ? new ImageSource.WorkspaceFile(field, text)
            : new ImageSource.FolderFile(field, text);
    }

    /// <summary>
    /// The draft with the picture it changes. One that was made here, under whatever name, is gone on from: it keeps its size, and a provider that remembers it
    /// need not be sent it again. A copy that somebody changed is another picture.
    /// </summary>
    public static async Task<GenerationDraft> FromAsync(ToolCall call, GenerationDraft draft, string field, CancellationToken cancel)
    {
        var source = Source(call, field, call.Text(field));
        var id = source switch
        {
            ImageSource.Made made => made.Id,
            ImageSource.WorkspaceFile file => await MadeAsync(call, file.Name, cancel),
            _ => null,
        };
        return id is null ? draft with { References = [source], FromReferencesOnly = true } : draft with { SourceId = id };
    }

    private static async Task<string?> MadeAsync(ToolCall call, string name, CancellationToken cancel)
    {
        var owner = call.Client.Caller.UserId;
        return await call.Studio.Workspace.MadeAsync(owner, name, cancel) is { } id
            && await call.Studio.Jobs.GetAsync(id.Job, owner, cancel) is { Status: JobStatus.Completed } job
            && job.Assets.FirstOrDefault(a => a.Role == AssetRole.Image && a.Index == id.Index) is { } picture
            && await call.Studio.Workspace.IsCopyAsync(owner, name, picture, cancel)
                ? id.ToString()
                : null;
    }

    private static KinoraException Outside(string field, IUserFolder references) => KinoraException.Invalid(
    [
        new Fault(
            field,
            $"{field}: only pictures in the reference folder ({references.Path}) and in the workspace folder are read. Copy the file into the reference folder and give its name.",
            ErrorCodes.InvalidFileName),
    ]);

    /// <summary>The name beneath a folder that a whole path has; null when it is none, or lies elsewhere. Only a matter of words: the folder opens it safely or not at all.</summary>
    public static string? Within(ToolCall call, IUserFolder folder, string path)
    {
        var root = folder.Path.TrimEnd('/') + "/";
        return call.Client.SameMachine && path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : null;
    }
}
