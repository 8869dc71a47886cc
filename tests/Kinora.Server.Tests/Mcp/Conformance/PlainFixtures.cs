using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using static Kinora.Server.Tests.Mcp.Conformance.FixtureTools;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>Fixtures that answer by themselves: content of every kind, progress, logging, lists that change.</summary>
internal static class PlainFixtures
{
    private const string Dialect2020 = """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
         "$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
         "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},"contactMethod":{"type":"string","enum":["phone","email"]},
           "phone":{"type":"string"},"email":{"type":"string"}},
         "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
         "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},"then":{"required":["phone"]},"else":{"required":["email"]},
         "additionalProperties":false}
        """;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    public static void AddTo(FixtureTools tools, FixtureNews news)
    {
        tools.Add("test_simple_text", _ => Says("This is a simple text response for testing."));
        tools.Add("test_image_content", _ => Holds(FixtureResources.Picture));
        tools.Add("test_audio_content", _ => Holds(FixtureResources.Sound));
        tools.Add("test_embedded_resource", _ => Holds(Embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.")));
        tools.Add("test_multiple_content_types", _ => Holds(
            new TextContentBlock { Text = "Multiple content types test:" },
            FixtureResources.Picture,
            Embedded("test://mixed-content-resource", "application/json", """{"test":"data","value":123}""")));
        tools.Add("test_error_handling", _ => Fails("This tool intentionally returns an error for testing"));
        tools.Add("json_schema_2020_12_tool", _ => Says("Valid."), Dialect2020);
        tools.Add("test_tool_with_logging", LogAsync);
        tools.Add("test_logging_tool", LogAsync);
        tools.Add("test_tool_with_progress", ProgressAsync);
        tools.Add("test_trigger_tool_change", _ => Changed(news.ToolsChanged));
        tools.Add("test_trigger_prompt_change", _ => Changed(news.PromptsChanged));
    }

    private static EmbeddedResourceBlock Embedded(string uri, string type, string text) =>
        new() { Resource = new TextResourceContents { Uri = uri, MimeType = type, Text = text } };

    private static CallToolResult Changed(Action change)
    {
        change();
        return Says("Changed.");
    }

    private static async Task<CallToolResult> LogAsync(FixtureCall call, CancellationToken cancel)
    {
        // In the newest revision only a call that asks for a level hears of anything.
        var wanted = !call.IsModern || call.Request.Params?["_meta"]?["io.modelcontextprotocol/logLevel"] is not null;
        foreach (var text in new[] { "Tool execution started", "Tool processing data", "Tool execution completed" })
        {
            if (wanted)
            {
                await call.NotifyAsync("notifications/message", new JsonObject { ["level"] = "info", ["data"] = text }, cancel);
            }

            await Task.Delay(Beat, cancel);
        }

        return Says("Tool with logging executed.");
    }

    private static async Task<CallToolResult> ProgressAsync(FixtureCall call, CancellationToken cancel)
    {
        foreach (var progress in new[] { 0, 50, 100 })
        {
            if (call.Params.ProgressToken is { } token)
            {
                await call.Server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = progress, Total = 100 }, cancellationToken: cancel);
            }

            await Task.Delay(Beat, cancel);
        }

        return Says("Tool with progress executed.");
    }
}
