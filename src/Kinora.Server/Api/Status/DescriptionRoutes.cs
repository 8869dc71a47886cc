using Kinora.Server.Api.Describing;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Status;

/// <summary>What the API is, for programs and for people. Written once; tells nothing of anybody.</summary>
internal sealed class DescriptionRoutes : IApiRoutes
{
    private readonly Lazy<byte[]> _document;
    private readonly Lazy<byte[]> _page;

    /// <param name="all">Every operation, these two included.</param>
    public DescriptionRoutes(Func<IReadOnlyList<ApiOperation>> all)
    {
        _document = new Lazy<byte[]>(() => OpenApiDocument.Write(all()));
        _page = new Lazy<byte[]>(() => DocsPage.Write(all()));
    }

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/openapi.json", "getOpenApi", "This API as OpenAPI 3.1", call => SendAsync(call.Context, _document.Value, "application/json; charset=utf-8"))
        {
            Tag = ServerRoutes.Tag,
            Access = ApiAccess.Anybody,
            Answer = new ApiAnswer(Schema.Shape.Object(("openapi", Text)), """{"openapi":"3.1.0"}"""),
        },
        new("GET", "/docs", "getDocs", "This API as a page", DocsAsync)
        {
            Tag = ServerRoutes.Tag,
            Access = ApiAccess.Anybody,
            Answer = ApiAnswer.File with { ContentType = "text/html" },
        },
    ];

    private Task DocsAsync(ApiCall call)
    {
        call.Context.Response.Headers.ContentSecurityPolicy = DocsPage.ContentSecurityPolicy;
        return SendAsync(call.Context, _page.Value, "text/html; charset=utf-8");
    }

    private static Task SendAsync(HttpContext context, byte[] bytes, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "public, max-age=300";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
