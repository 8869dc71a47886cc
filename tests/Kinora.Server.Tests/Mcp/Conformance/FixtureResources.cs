using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>The resources the conformance suite asks for, and the smallest picture and sound there are.</summary>
internal static class FixtureResources
{
    private const string TemplateStart = "test://template/";
    private const string TemplateEnd = "/data";

    /// <summary>One red pixel.</summary>
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");

    /// <summary>A WAV file of no length.</summary>
    private static readonly byte[] Wav = Convert.FromBase64String("UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=");

    public static Resource[] Listed { get; } =
    [
        new() { Uri = "test://static-text", Name = "static-text", Description = "Plain text", MimeType = "text/plain" },
        new() { Uri = "test://static-binary", Name = "static-binary", Description = "A picture", MimeType = "image/png" },
        new() { Uri = "test://watched-resource", Name = "watched-resource", Description = "To be subscribed to", MimeType = "text/plain" },
    ];

    public static ResourceTemplate[] Templates { get; } =
        [new() { UriTemplate = TemplateStart + "{id}" + TemplateEnd, Name = "template", Description = "Data by id", MimeType = "application/json" }];

    public static ImageContentBlock Picture => ImageContentBlock.FromBytes(Png, "image/png");

    public static AudioContentBlock Sound => AudioContentBlock.FromBytes(Wav, "audio/wav");

    public static ResourceContents Read(string uri) => uri switch
    {
        "test://static-text" => Text(uri, "text/plain", "This is the content of the static text resource."),
        "test://static-binary" => BlobResourceContents.FromBytes(Png, uri, "image/png"),
        "test://watched-resource" => Text(uri, "text/plain", "Watched."),
        _ when uri.StartsWith(TemplateStart, StringComparison.Ordinal) && uri.EndsWith(TemplateEnd, StringComparison.Ordinal) =>
            Filled(uri, uri[TemplateStart.Length..^TemplateEnd.Length]),
        _ => throw new McpProtocolException($"There is no resource {uri}.", McpErrorCode.ResourceNotFound),
    };

    private static TextResourceContents Filled(string uri, string id) =>
        Text(uri, "application/json", $$"""{"id":"{{id}}","templateTest":true,"data":"Data for ID: {{id}}"}""");

    private static TextResourceContents Text(string uri, string type, string text) => new() { Uri = uri, MimeType = type, Text = text };
}
