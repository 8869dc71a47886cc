using Kinora.Errors;
using Kinora.Server.Api;
using Kinora.Server.Security;
using Microsoft.Net.Http.Headers;

namespace Kinora.Server.Web.Page;

/// <summary>
/// The page at <c>/</c>. It answers what no other door does: its files, and for every other address that a browser opens the page itself, which finds out by
/// script what is meant. Addresses under the doors' own prefixes are never the page, so that a mistyped one fails instead of answering 200.
/// </summary>
internal sealed class PageDoor(PageFiles files, HostGuard guard, ILogger<ApiEndpoint> log)
{
    /// <summary>Script and style from here alone, and none inline; pictures and films also as blobs, which the page makes of what is picked.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] _taken = ["/api", "/v1", "/mcp", "/socket.io", "/media", "/hooks", "/health", "/ready", "/metrics", "/openapi.json", "/docs", "/.well-known", "/lab"];

    /// <summary>The smallest first.</summary>
    private static readonly string[] _codings = ["br", "gzip"];

    public void Map(IApplicationBuilder app) => app.Use((context, next) =>
        context.GetEndpoint() is null && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) && Answer(context.Request) is { } file
            ? SendAsync(context, file)
            : next(context));

    private PageFile? Answer(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return files.Find(path.TrimStart('/')) ?? (IsPage(request) ? files.Index : null);
    }

    private static bool IsPage(HttpRequest request) =>
        !_taken.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
        && !request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
        && (request.Path == "/" || request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));

    private async Task SendAsync(HttpContext context, PageFile file)
    {
        var (request, response) = (context.Request, context.Response);
        if (!guard.Allows(request))
        {
            await ApiErrors.WriteAsync(
                context,
                new KinoraException(ErrorCodes.HostRefused, "This Host or Origin may not be used here. The operator allows more with Server:AllowedHosts and Server:AllowedOrigins."),
                ApiStyle.Platform,
                log);
            return;
        }

        AddHeaders(response.Headers, file);
        if (request.Headers.IfNoneMatch.ToString().Split(',').Any(tag => tag.Trim() is var one && (one == "*" || one == file.ETag || one == "W/" + file.ETag)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var coding = Coding(request, file);
        if (coding != "identity")
        {
            response.Headers.ContentEncoding = coding;
        }

        using var content = files.Open(file.Forms[coding]);
        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (HttpMethods.IsGet(request.Method))
        {
            await content.CopyToAsync(response.Body, context.RequestAborted);
        }
    }

    private static void AddHeaders(IHeaderDictionary headers, PageFile file)
    {
        headers.ETag = file.ETag;
        headers.CacheControl = file.IsForEver ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers.XFrameOptions = "DENY";
    }

    /// <summary>The smallest form that the client takes.</summary>
    private static string Coding(HttpRequest request, PageFile file)
    {
        var accepted = request.Headers.AcceptEncoding.ToString().Split(',').Select(part => part.Trim())
            .Where(part => !part.Replace(" ", "", StringComparison.Ordinal).EndsWith(";q=0", StringComparison.Ordinal))
            .Select(part => part.Split(';')[0].TrimEnd()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return _codings.FirstOrDefault(coding => accepted.Contains(coding) && file.Forms.ContainsKey(coding)) ?? "identity";
    }
}
