using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Content;

/// <summary>Videos as resources: <c>kinora://videos/{id}</c> is the object, <c>kinora://videos/{id}/{variant}</c> a file of it.</summary>
internal sealed class VideoResources(McpStudio studio)
{
    private const string Prefix = "kinora://videos/";
    private const int Listed = 50;

    /// <summary>Largest file read as a resource: it travels as base64 in one message.</summary>
    private const long MaxBytes = 32L << 20;

    public static ResourceTemplate[] Templates { get; } =
    [
        new() { Name = "video", UriTemplate = Prefix + "{id}", MimeType = "application/json", Description = "How a video stands and what it was made from." },
        new()
        {
            Name = "video_file",
            UriTemplate = Prefix + "{id}/{variant}",
            Description = "A file of a completed video; variant is video, thumbnail or spritesheet.",
        },
    ];

    public static string Uri(JobId id) => Prefix + id;

    public static string Uri(JobId id, string variant) => $"{Prefix}{id}/{variant}";

    /// <summary>The newest videos of the caller.</summary>
    public async Task<IReadOnlyList<Resource>> ListAsync(Caller caller, CancellationToken cancel)
    {
        var page = await studio.Generation.ListAsync(caller, new JobQuery(null, Listed), cancel);
        return [.. page.Jobs.Select(j => new Resource { Uri = Uri(j.Id), Name = j.Id.ToString(), MimeType = "application/json" })];
    }

    /// <exception cref="McpProtocolException">Unknown: the caller's own videos only.</exception>
    public async Task<ResourceContents> ReadAsync(Caller caller, string uri, CancellationToken cancel)
    {
        var (id, variant) = Parse(uri);
        var job = await FindAsync(caller, id, uri, cancel);
        if (variant is null)
        {
            return new TextResourceContents { Uri = uri, MimeType = "application/json", Text = Describe(job) };
        }

        var asset = job.Assets.FirstOrDefault(a => string.Equals(a.Role.ToString(), variant, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(uri);
        if (asset.Bytes > MaxBytes)
        {
            throw new McpProtocolException(
                FormattableString.Invariant($"The file has {asset.Bytes:N0} bytes; up to {MaxBytes:N0} are read as a resource. Call download_video to save it."),
                McpErrorCode.InvalidParams);
        }

        await using var stream = await studio.Assets.OpenAsync(asset, cancel);
        var bytes = new byte[asset.Bytes];
        await stream.ReadExactlyAsync(bytes, cancel);
        return BlobResourceContents.FromBytes(bytes, uri, asset.MimeType);
    }

    /// <summary>The job an address names, or null when it names none.</summary>
    public static JobId? JobOf(string uri) => Parse(uri).Id;

    private static (JobId? Id, string? Variant) Parse(string uri)
    {
        if (!uri.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return (null, null);
        }

        var parts = uri[Prefix.Length..].Split('/');
        return parts.Length <= 2 && JobId.TryParse(parts[0], out var id) ? (id, parts.ElementAtOrDefault(1)) : (null, null);
    }

    private async Task<Job> FindAsync(Caller caller, JobId? id, string uri, CancellationToken cancel)
    {
        try
        {
            return id is { } known ? await studio.Generation.GetAsync(caller, known.ToString(), cancel) : throw Unknown(uri);
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
            VideoObject.Write(json, job);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static McpProtocolException Unknown(string uri) =>
        new($"There is no resource \"{PlainText.Clean(uri, 100)}\". resources/list shows what there is.", McpErrorCode.ResourceNotFound);
}
