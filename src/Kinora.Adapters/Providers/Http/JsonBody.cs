using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kinora.Adapters.Providers.Http;

/// <summary>A JSON body written whole, so that it has a length: some engines do not read chunked bodies.</summary>
internal static class JsonBody
{
    public static ByteArrayContent Of<T>(T body, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(body, type))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };
}
