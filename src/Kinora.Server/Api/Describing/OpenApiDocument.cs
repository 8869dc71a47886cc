using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kinora.Server.Api.Describing;

/// <summary>
/// The operations as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0): parameters from the same facts that check them, every code an operation
/// may answer with, an example of each. The same bytes for everybody.
/// </summary>
internal static class OpenApiDocument
{
    private static readonly JsonWriterOptions _readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IReadOnlyList<ApiOperation> operations)
    {
        var buffer = new ArrayBufferWriter<byte>(256 << 10);
        using (var json = new Utf8JsonWriter(buffer, _readable))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.1.0");
            WriteInfo(json);
            json.WriteStartArray("tags");
            foreach (var tag in operations.Select(o => o.Tag).Distinct())
            {
                json.WriteStartObject();
                json.WriteString("name", tag);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("paths");
            foreach (var path in operations.GroupBy(o => o.Address))
            {
                json.WriteStartObject(path.Key);
                foreach (var operation in path)
                {
                    json.WritePropertyName(operation.Method.ToLowerInvariant());
                    OpenApiOperation.Write(json, operation);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            WriteComponents(json, operations);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteInfo(Utf8JsonWriter json)
    {
        json.WriteStartObject("info");
        json.WriteString("title", "Kinora");
        // Of the API, not of the product: anybody may read this, and which release runs here is nobody else's business.
        json.WriteString("version", "1");
        json.WriteString("description", "AI video and images with any provider. Times are unix seconds unless said otherwise; money is US dollars. Every error is {error, code, request_id, …}.");
        json.WriteStartObject("license");
        json.WriteString("name", "MIT");
        json.WriteString("identifier", "MIT");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", "/");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteComponents(Utf8JsonWriter json, IReadOnlyList<ApiOperation> operations)
    {
        json.WriteStartObject("components");
        json.WriteStartObject("securitySchemes");
        json.WriteStartObject("bearer");
        json.WriteString("type", "http");
        json.WriteString("scheme", "bearer");
        json.WriteString("description", "A token of POST /api/auth/login, or an API key (kin_…)");
        json.WriteEndObject();
        json.WriteStartObject("cookie");
        json.WriteString("type", "apiKey");
        json.WriteString("in", "cookie");
        json.WriteString("name", Security.Identities.Cookie);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("schemas");
        foreach (var style in operations.Select(o => o.Style).DistinctBy(s => s.ErrorName))
        {
            json.WritePropertyName(style.ErrorName);
            style.ErrorShape.Write(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
