using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Content;

/// <summary>Jobs as resources: <c>kinora://videos/{id}</c> and <c>kinora://images/{id}</c> are the objects, <c>…/{id}/{variant}</c> a file of one.</summary>
internal sealed class JobResources(McpStudio studio)
{
    private const string Videos = "kinora://videos/";
    private const string Images = "kinora://images/";
    private const int Listed = 50;

    /// <summary>Largest file read as a resource: it travels as base64 in one message.</summary>
    private const long MaxBytes = 32L << 20;

    public static ResourceTemplate[] Templates { get; } =
    [
        new() { Name = "video", UriTemplate = Videos + "{id}", MimeType = "application/json", Description = "How a video stands and what it was made from." },
        new()
        {
            Name = "video_file",
            UriTemplate = Videos + "{id}/{variant}",
            Description = "A file of a completed video; variant is video, thumbnail or spritesheet.",
        },
        new() { Name = "image", UriTemplate = Images + "{id}", MimeType = "application/json", Description = "How an image stands and what it was made from." },
        new() { Name = "image_file", UriTemplate = Images + "{id}/image", Description = "The picture of a completed image; of several, the id names one (image_…_2)." },
    ];

    public static string Uri(Job job) => (job.Kind == MediaKind.Video ? Videos : Images) + job.PublicId;

    public static string Uri(Job job, Asset asset) => job.Kind == MediaKind.Video
        ? $"{Uri(job)}/{asset.Role.ToString().ToLowerInvariant()}"
        : $"{Images}{new ImageId(job.Id, asset.Index)}/image";

    /// <summary>The newest videos and images of the caller.</summary>
    public async Task<IReadOnlyList<Resource>> ListAsync(Caller caller, CancellationToken cancel)
    {
        var page = await studio.Generation.ListAsync(caller, new JobQuery(null, Listed), cancel);
        return [.. page.Jobs.Select(j => new Resource { Uri = Uri(j), Name = j.PublicId, MimeType = "application/json" })];
    }

    /// <exception cref="McpProtocolException">Unknown: the caller's own videos only.</exception>
    public async Task<ResourceContents> ReadAsync(Caller caller, string uri, CancellationToken cancel)
    {
        var (kind, id, variant) = Parse(uri);
        var job = await FindAsync(caller, kind, id?.Job, uri, cancel);
        if (variant is null)
        {
            return new TextResourceContents { Uri = uri, MimeType = "application/json", Text = Describe(job) };
        }

        var asset = job.Assets.FirstOrDefault(a => string.Equals(a.Role.ToString(), variant, StringComparison.OrdinalIgnoreCase) && a.Index == id!.Value.Index)
            ?? throw Unknown(uri);
        if (asset.Bytes > MaxBytes)
        {
            throw new McpProtocolException(
                FormattableString.Invariant($"The file has {asset.Bytes:N0} bytes; up to {MaxBytes:N0} are read as a resource. Call download_{job.Kind.Word()} to save it."),
                McpErrorCode.InvalidParams);
        }

        await using var stream = await studio.Assets.OpenAsync(asset, cancel);
        var bytes = new byte[asset.Bytes];
        await stream.ReadExactlyAsync(bytes, cancel);
        return BlobResourceContents.FromBytes(bytes, uri, asset.MimeType);
    }

    /// <summary>The job an address names, or null when it names none.</summary>
    public static JobId? JobOf(string uri) => Parse(uri).Id?.Job;

    private static (MediaKind Kind, ImageId? Id, string? Variant) Parse(string uri)
    {
        var kind = uri.StartsWith(Images, StringComparison.Ordinal) ? MediaKind.Image : MediaKind.Video;
        var prefix = kind == MediaKind.Image ? Images : Videos;
        var parts = uri.StartsWith(prefix, StringComparison.Ordinal) ? uri[prefix.Length..].Split('/') : [];
        return parts.Length is 1 or 2 && ImageId.TryParse(parts[0], out var id) ? (kind, id, parts.ElementAtOrDefault(1)) : (kind, null, null);
    }

    private async Task<Job> FindAsync(Caller caller, MediaKind kind, JobId? id, string uri, CancellationToken cancel)
    {
        try
        {
            return id is { } known ? await studio.Generation.GetAsync(caller, known.ToString(), kind, cancel) : throw Unknown(uri);
        }
        catch (KinoraException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            throw Unknown(uri);
        }
    }

    private static string Describe(Job job)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JobObject.Write(json, job);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static McpProtocolException Unknown(string uri) =>
        new($"There is no resource \"{PlainText.Clean(uri, 100)}\". resources/list shows what there is.", McpErrorCode.ResourceNotFound);
}
