using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Mcp.Content;

namespace Kinora.Server.Mcp.Tools.Images;

/// <summary>A picture that tools name by its id.</summary>
internal static class ImageJob
{
    /// <summary>The id of the job that a picture belongs to; a text that is no id stays as it is, to be refused where ids are looked up.</summary>
    public static string Id(string text) => ImageId.TryParse(text, out var id) ? id.Job.ToString() : text;

    /// <exception cref="KinoraException"><c>not_found</c>, <c>not_ready</c>.</exception>
    public static async Task<(Job Job, Asset Picture)> FindAsync(ToolCall call, string text, CancellationToken cancel)
    {
        var job = await call.Studio.Generation.GetAsync(call.Client.Caller, Id(text), MediaKind.Image, cancel);
        if (job.Status != JobStatus.Completed)
        {
            throw new KinoraException(ErrorCodes.NotReady, "There is no picture yet. " + JobWords.Describe(job));
        }

        var index = ImageId.TryParse(text, out var id) ? id.Index : 0;
        return (job, job.Assets.FirstOrDefault(a => a.Role == AssetRole.Image && a.Index == index) ?? throw KinoraException.NotFound("image"));
    }

    /// <summary>Copies a picture into the reference folder, where the next tools find it.</summary>
    /// <param name="name">Null for the id with the right ending; a name without an ending gets it.</param>
    public static async Task<(string Name, string Path)> SaveAsync(ToolCall call, Job job, Asset picture, string? name, bool overwrite, CancellationToken cancel)
    {
        var ending = Path.GetExtension(picture.FileName);
        var chosen = name is null ? new ImageId(job.Id, picture.Index) + ending : Path.GetExtension(name).Length > 1 ? name : name + ending;
        var folder = call.Studio.Folders.References;
        // A file under the id is ours from an earlier download; any other is somebody's.
        var local = await call.Studio.Assets.LocalPathAsync(picture, cancel);
        var info = await folder.CopyInAsync(chosen, local, overwrite || name is null, cancel);
        return (info.Name, Path.Combine(folder.Path, info.Name));
    }
}
