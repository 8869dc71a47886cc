using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class CreateVideoTool : McpTool
{
    public override ToolSpec Spec { get; } = new("create_video", "video", "Start making a video; returns at once. Then call wait_for_video; never create again to retry.")
    {
        Params =
        [
            VideoParams.Prompt,
            VideoParams.Model,
            VideoParams.Size,
            VideoParams.Seconds,
            new TextParam("input_reference_filename") { About = "First frame of list_references", FoundBy = FoundBy.References },
            new TextParam("input_reference") { MaxLength = EncodedPicture.MaxLength, About = "Or image id, base64, data URL" },
            new TextParam("input_reference_url") { MaxLength = 2_000 },
            new TextParam("last_frame_filename") { FoundBy = FoundBy.References },
            new TextParam("negative_prompt") { MaxLength = TextParam.LongestText },
            VideoParams.Seed,
            new FlagParam("audio") { Default = null },
            VideoParams.MaxCost,
            VideoParams.IdempotencyKey,
        ],
        OnlyOneOf = ["input_reference_filename", "input_reference", "input_reference_url"],
        Result = VideoObject.BriefShape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var given = call.Arguments;
        return VideoStart.RunAsync(call, VideoParams.Draft(given) with
        {
            FirstFrame = given.TextOrNull("input_reference_filename") is { } name ? new ImageSource.FolderFile("input_reference_filename", name)
                : given.TextOrNull("input_reference") is { } picture ? Picture(picture)
                : given.TextOrNull("input_reference_url") is { } url ? new ImageSource.Link("input_reference_url", url)
                : null,
            FitFrames = given.TextOrNull("input_reference") is { } id && ImageId.TryParse(id, out _),
            Audio = given.Has("audio") ? given.Flag("audio") : null,
            LastFrame = given.TextOrNull("last_frame_filename") is { } last ? new ImageSource.FolderFile("last_frame_filename", last) : null,
        });
    }

    /// <summary>A picture made here is fitted to the video; any other must have its size, or is the model's to fit.</summary>
    private static ImageSource Picture(string text) =>
        ImageId.TryParse(text, out _) ? new ImageSource.Made("input_reference", text) : new ImageSource.Encoded("input_reference", text);
}

/// <summary>Limits of pictures that come inside a message.</summary>
internal static class EncodedPicture
{
    /// <summary>Characters; a message of 4 MiB is the longest that is read.</summary>
    public const int MaxLength = 4 << 20;
}
