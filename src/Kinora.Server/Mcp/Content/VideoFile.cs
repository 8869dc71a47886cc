using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Content;

/// <summary>A stored file of a completed video: to be saved, linked to, or answered as base64 when small.</summary>
internal sealed class VideoFile
{
    /// <summary>Largest file that travels inside an answer: base64 of a film is millions of tokens.</summary>
    public const long MaxBase64Bytes = 1 << 20;

    /// <summary>A name in the video folder, for tools that save one.</summary>
    public static readonly TextParam NewName = new("filename") { BlamedFor = [ErrorCodes.InvalidFileName, ErrorCodes.FileExists, ErrorCodes.OutputNotWritable] };

    private readonly McpStudio _studio;

    private VideoFile(McpStudio studio, Job job, string variant, Asset asset)
    {
        _studio = studio;
        Job = job;
        Variant = variant;
        Asset = asset;
    }

    public Job Job { get; }

    public string Variant { get; }

    public Asset Asset { get; }

    /// <exception cref="KinoraException"><c>not_found</c>, <c>not_ready</c>.</exception>
    public static async Task<VideoFile> FindAsync(ToolCall call, string variant, CancellationToken cancel)
    {
        var job = await call.Studio.Generation.GetAsync(call.Client.Caller, call.Text("video_id"), MediaKind.Video, cancel);
        if (job.Status != JobStatus.Completed)
        {
            throw new KinoraException(ErrorCodes.NotReady, "There is no file yet. " + JobWords.Describe(job));
        }

        var role = Enum.Parse<AssetRole>(variant, ignoreCase: true);
        var asset = job.Assets.FirstOrDefault(a => a.Role == role)
            ?? throw KinoraException.Invalid([new Fault(
                "variant", $"This video has no {variant}. It has: {string.Join(", ", job.Assets.Select(a => a.Role.ToString().ToLowerInvariant()))}.")]);
        return new VideoFile(call.Studio, job, variant, asset);
    }

    /// <summary>Copies it into the video folder.</summary>
    /// <param name="name">Null for the id with the right ending; a name without an ending gets it.</param>
    public async Task<(string Name, string Path)> SaveAsync(string? name, bool overwrite, CancellationToken cancel)
    {
        var ending = Path.GetExtension(Asset.FileName);
        var chosen = name is null ? Job.Id + ending : Path.GetExtension(name).Length > 1 ? name : name + ending;
        var folder = _studio.Folders.Videos;
        // A file under the id is ours from an earlier download; any other is somebody's.
        var local = await _studio.Assets.LocalPathAsync(Asset, cancel);
        var info = await folder.CopyInAsync(chosen, local, overwrite || name is null, cancel);
        return (info.Name, Path.Combine(folder.Path, info.Name));
    }

    /// <summary>Null when it is too large for a message.</summary>
    public async Task<string?> Base64Async(CancellationToken cancel)
    {
        if (Asset.Bytes > MaxBase64Bytes)
        {
            return null;
        }

        await using var stream = await _studio.Assets.OpenAsync(Asset, cancel);
        var bytes = new byte[Asset.Bytes];
        await stream.ReadExactlyAsync(bytes, cancel);
        return Convert.ToBase64String(bytes);
    }

    public string TooLargeNote() => FormattableString.Invariant(
        $"The file has {Asset.Bytes:N0} bytes; up to {MaxBase64Bytes:N0} are sent as base64. Use the saved file, or read the linked resource.");

    public ResourceLinkBlock Link() => new()
    {
        Uri = JobResources.Uri(Job, Asset),
        Name = Asset.FileName,
        MimeType = Asset.MimeType,
        Size = Asset.Bytes,
    };
}
