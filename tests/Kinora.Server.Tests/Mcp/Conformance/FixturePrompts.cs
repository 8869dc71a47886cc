using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>The prompts the conformance suite asks for.</summary>
internal static class FixturePrompts
{
    public static Prompt[] Listed { get; } =
    [
        new() { Name = "test_simple_prompt", Description = "A prompt without arguments" },
        new()
        {
            Name = "test_prompt_with_arguments",
            Description = "A prompt with two arguments",
            Arguments = [new() { Name = "arg1", Description = "First", Required = true }, new() { Name = "arg2", Description = "Second", Required = true }],
        },
        new()
        {
            Name = "test_prompt_with_embedded_resource",
            Description = "A prompt that embeds a resource",
            Arguments = [new() { Name = "resourceUri", Description = "What to embed", Required = true }],
        },
        new() { Name = "test_prompt_with_image", Description = "A prompt with a picture" },
        new() { Name = "test_input_required_result_prompt", Description = "A prompt that asks first" },
    ];

    public static GetPromptResult Get(GetPromptRequestParams asked)
    {
        string Given(string name) => asked.Arguments?.TryGetValue(name, out var value) == true ? value.ToString() : "";
        return asked.Name switch
        {
            "test_simple_prompt" => Says("This is a simple prompt for testing."),
            "test_prompt_with_arguments" => Says($"Prompt with arguments: arg1='{Given("arg1")}', arg2='{Given("arg2")}'"),
            "test_prompt_with_embedded_resource" => Says(
                "Please process the embedded resource above.",
                new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = Given("resourceUri"), MimeType = "text/plain", Text = "Embedded resource content for testing." } }),
            "test_prompt_with_image" => Says("Please analyze the image above.", FixtureResources.Picture),
            "test_input_required_result_prompt" => Says($"Context: {Questions.Text(asked, "user_context", "context", "What context should the prompt use?")}"),
            _ => throw new McpProtocolException($"There is no prompt {asked.Name}.", McpErrorCode.InvalidParams),
        };
    }

    private static GetPromptResult Says(string text, ContentBlock? before = null)
    {
        var messages = new List<PromptMessage>();
        if (before is not null)
        {
            messages.Add(new PromptMessage { Role = Role.User, Content = before });
        }

        messages.Add(new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = text } });
        return new GetPromptResult { Messages = messages };
    }
}
