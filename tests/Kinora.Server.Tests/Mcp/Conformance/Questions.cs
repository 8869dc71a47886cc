using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>What fixtures ask of their client, in the multi round trips of the newest revision.</summary>
internal static class Questions
{
    /// <summary>The text field of the client's answer; asks for it when the answer is missing or has another form.</summary>
    public static string Text(RequestParams given, string key, string field, string message) =>
        Field(given, key, field) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()!
            : throw new InputRequiredException(new Dictionary<string, InputRequest> { [key] = Form(message, field) });

    /// <summary>A field of an accepted answer.</summary>
    public static JsonElement? Field(RequestParams given, string key, string field) =>
        Answer(given, key) is { } answer && answer.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object && content.TryGetProperty(field, out var value)
            ? value
            : null;

    public static JsonElement? Answer(RequestParams given, string key) =>
        given.InputResponses?.TryGetValue(key, out var response) == true && response?.RawValue is { ValueKind: JsonValueKind.Object } answer ? answer : null;

    public static InputRequest Form(string message, string field, string type = "string") => Request("elicitation/create", FormParams(message, field, type));

    public static InputRequest Sampling(string prompt, int maxTokens) => Request(
        "sampling/createMessage",
        JsonSerializer.Serialize(new { messages = new[] { new { role = "user", content = new { type = "text", text = prompt } } }, maxTokens }));

    public static InputRequest Roots() => Request("roots/list", "{}");

    public static string FormParams(string message, string field, string type) => JsonSerializer.Serialize(new
    {
        mode = "form",
        message,
        requestedSchema = new { type = "object", properties = new Dictionary<string, object> { [field] = new { type } }, required = new[] { field } },
    });

    private static InputRequest Request(string method, string json) => new() { Method = method, Params = JsonElement.Parse(json) };
}
