using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Schema;
using Kinora.Server.Security;
using Microsoft.Net.Http.Headers;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api;

/// <summary>Stored files on their way out: streamed, in ranges, with headers under which no browser takes them for a page.</summary>
internal static class MediaFile
{
    public const string LinkPath = "/media/";

    public static ApiAnswer LinkAnswer { get; } = new(
        Shape.Object(("url", Text), ("expires_at", Integer)), """{"url":"/media/VQ6EAOKbQdSnFkRmVUQAAAA","expires_at":1795284600}""");

    /// <exception cref="KinoraException"><c>asset_missing</c>.</exception>
    public static async Task SendAsync(HttpContext context, IAssetStore assets, Job job, Asset asset)
    {
        var name = $"{job.PublicId}{(asset.Role == AssetRole.Video ? "" : "-" + Path.GetFileNameWithoutExtension(asset.FileName))}{Path.GetExtension(asset.FileName)}";
        await SendAsync(context, await assets.OpenAsync(asset, context.RequestAborted), asset.MimeType, asset.Sha256, name);
    }

    /// <param name="content">Seekable; closed here.</param>
    /// <param name="name">Ours, and plain.</param>
    public static Task SendAsync(HttpContext context, Stream content, string mimeType, string sha256, string name)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "private, max-age=0, must-revalidate";
        // Inline, so that pages can show it.
        headers.ContentDisposition = $"inline; filename=\"{name}\"";
        var tag = $"\"{sha256}\"";
        KeepOnlyAnOrderlyRange(context.Request, tag);
        return Results.Stream(content, mimeType, entityTag: new EntityTagHeaderValue(tag), enableRangeProcessing: true).ExecuteAsync(context);
    }

    /// <summary>
    /// The framework honours ranges that RFC 9110 wants ignored: in units that are not bytes (14.2), of HEAD (14.2), and beside an If-Range that is not the
    /// file's own ETag (13.1.5; no date is ever told here, so none can match). A wrong 206 would be joined to the beginning of another file.
    /// </summary>
    private static void KeepOnlyAnOrderlyRange(HttpRequest request, string tag)
    {
        var headers = request.Headers;
        if (!HttpMethods.IsGet(request.Method)
            || !headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)
            || (headers.IfRange.Count > 0 && headers.IfRange.ToString() != tag))
        {
            headers.Remove(HeaderNames.Range);
        }

        headers.Remove(HeaderNames.IfRange);
    }

    public static Task AnswerLinkAsync(ApiCall call, MediaLinks links, Asset asset)
    {
        var link = links.For(call.Caller.UserId, asset);
        return call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("url", LinkPath + links.Write(link));
            json.WriteNumber("expires_at", link.ExpiresAt.ToUnixTimeSeconds());
            json.WriteEndObject();
        });
    }
}
