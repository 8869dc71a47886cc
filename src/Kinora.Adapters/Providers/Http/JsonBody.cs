using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Kinora.Adapters.Providers.Http;

/// <summary>A JSON body written whole, so that it has a length: some engines do not read chunked bodies.</summary>
internal static class JsonBody
{
    public static ByteArrayContent Of<T>(T body, JsonTypeInfo<T> type) => Of(JsonSerializer.SerializeToUtf8Bytes(body, type));

    public static ByteArrayContent Of(JsonObject body) => Of(Encoding.UTF8.GetBytes(body.ToJsonString()));

    private static ByteArrayContent Of(byte[] json) => new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
