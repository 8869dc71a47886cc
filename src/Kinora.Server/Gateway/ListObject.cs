using System.Text.Json;
using Kinora.Server.Api;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Gateway;

/// <summary>OpenAI's page of a list, and what it says of something removed. Its clients go on after <c>last_id</c> while <c>has_more</c> is true.</summary>
internal static class ListObject
{
    /// <param name="id">Of the example.</param>
    public static ApiAnswer Of(Shape item, string example, string id) => new(
        Schema.Shape.Object(("object", OneOf("list")), ("data", List(item)), ("first_id", Anything), ("last_id", Anything), ("has_more", Flag)),
        $$"""{"object":"list","data":[{{example}}],"first_id":"{{id}}","last_id":"{{id}}","has_more":false}""");

    public static ApiAnswer Deleted(string kind, string id) => new(
        Schema.Shape.Object(("id", Text), ("object", OneOf(kind)), ("deleted", Flag)), $$"""{"id":"{{id}}","object":"{{kind}}","deleted":true}""");

    public static Task AnswerAsync<T>(ApiCall call, IReadOnlyList<T> items, bool hasMore, Func<T, string> id, Action<Utf8JsonWriter, T> write) => call.AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        ApiJson.WriteList(json, "data", items, write);
        json.WriteString("first_id", items.Count > 0 ? id(items[0]) : null);
        json.WriteString("last_id", items.Count > 0 ? id(items[^1]) : null);
        json.WriteBoolean("has_more", hasMore);
        json.WriteEndObject();
    });

    public static Task AnswerDeletedAsync(ApiCall call, string kind, string id) => call.AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", kind);
        json.WriteBoolean("deleted", true);
        json.WriteEndObject();
    });
}
