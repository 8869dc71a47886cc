using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp.Content;

/// <summary>Ready-made requests that people pick in their client: the advice of the guide as a conversation starter.</summary>
internal static class Prompts
{
    private static readonly Template[] All =
    [
        new(
            "direct_a_shot",
            "Turn an idea into a shot list and make the video.",
            [("idea", "What the video is about", true), ("seconds", "Length in seconds", false), ("model", "Model to use", false)],
            given => $"""
                Make a video of this idea: {given("idea")}

                First write a short shot list: for each shot the size and angle, the subject, one action, the place, the light and one camera move (static, pan, tilt, push in, pull out, track). Write what is seen, not what is meant. Then call create_video once with the shots as "Shot 1: … Shot 2: …"{Length(given("seconds"))}{Model(given("model"))}, and wait_for_video until it is done. Look at get_video_frames and tell me in two sentences what works and what you would change; change it with remix_video only when I say so.
                """),
        new(
            "animate_reference",
            "Bring a picture of the reference folder to life.",
            [("filename", "Name of the picture (list_references)", true), ("motion", "What should happen", true), ("size", "Size of the video, e.g. 1280x720", false)],
            given => $"""
                Animate the picture {given("filename")}: {given("motion")}

                The picture becomes the first frame, so the prompt must not describe what it shows already: tell only the motion and the camera, in one or two sentences. {Fit(given("size"))} Then call create_video with input_reference_filename, wait_for_video, and show me get_video_frames.
                """),
        new(
            "refine_image",
            "Improve a picture step by step, one change at a time.",
            [("image", "Name or id of the picture", true), ("goal", "What it should become", true)],
            given => $"""
                Improve the picture {given("image")} towards this goal: {given("goal")}

                Say first what already works and must stay. Then make one change at a time with edit_image and preview: true (or in a session, with generate_image_in_session), each described in one sentence that names the part, the change and what stays as it is; look at every result before the next change, and stop after at most four.
                """),
    ];

    public static IList<Prompt> Listed { get; } = [.. All.Select(t => t.Describe())];

    /// <exception cref="McpProtocolException">Unknown, or an argument is missing.</exception>
    public static GetPromptResult Get(GetPromptRequestParams request)
    {
        var template = Array.Find(All, t => t.Name == request.Name)
            ?? throw new McpProtocolException($"There is no such prompt. There are {string.Join(", ", All.Select(t => t.Name))}.", McpErrorCode.InvalidParams);
        string? Given(string name) =>
            request.Arguments is { } all && all.TryGetValue(name, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String
                ? PlainText.Clean(value.GetString(), 4_000)
                : null;
        foreach (var (name, _, required) in template.Arguments)
        {
            if (required && string.IsNullOrWhiteSpace(Given(name)))
            {
                throw new McpProtocolException($"The argument {name} is missing.", McpErrorCode.InvalidParams);
            }
        }

        return new GetPromptResult
        {
            Description = template.About,
            Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = template.Text(name => Given(name)) } }],
        };
    }

    private static string Length(string? seconds) => seconds is null ? "" : $", seconds \"{seconds}\"";

    private static string Model(string? model) => model is null ? "" : $", model \"{model}\"";

    private static string Fit(string? size) => size is null
        ? "If its size is not the video's, call prepare_reference first (crop, unless something important would be cut)."
        : $"Call prepare_reference with target_size {size} first (crop, unless something important would be cut), and make the video in that size.";

    private sealed record Template(string Name, string About, (string Name, string About, bool Required)[] Arguments, Func<Func<string, string?>, string> Text)
    {
        public Prompt Describe() => new()
        {
            Name = Name,
            Description = About,
            Arguments = [.. Arguments.Select(a => new PromptArgument { Name = a.Name, Description = a.About, Required = a.Required })],
        };
    }
}
