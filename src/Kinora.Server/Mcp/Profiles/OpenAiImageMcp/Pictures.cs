using System.Text.Json;
using Kinora.Assets;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Mcp.Tools.Sessions;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

/// <summary>What the tools that make pictures have in common: parameters, the draft they become, and the answer.</summary>
internal static class Pictures
{
    public static TextParam Session { get; } = SessionParams.Id with { Required = false };

    public static TextParam Model { get; } = new("model") { MaxLength = 200, Default = "gpt-4o" };

    public static TextParam Quality { get; } = new("quality") { Choices = ["auto", "low", "medium", "high"], Default = "auto" };

    public static TextParam Size { get; } = new("size") { Choices = ["auto", "1024x1024", "1536x1024", "1024x1536"], Default = "auto" };

    public static TextParam Background { get; } = new("background") { Choices = ["auto", "transparent"], Default = "auto" };

    private static readonly (string, Shape)[] MadeFields =
    [
        ("success", Shape.Flag), ("image_path?", Shape.Text), ("image_generation_id?", Shape.Text), ("revised_prompt?", Shape.Text), ("original_prompt?", Shape.Text),
        ("metadata?", Shape.Object()), ("session_context?", Shape.Text),
    ];

    private static readonly (string, Shape)[] SingleFields = [("single_shot?", Shape.Flag), ("temporary_session_id?", Shape.Text)];

    public static Shape InSessionShape { get; } = Shape.Object([.. MadeFields, .. Failures.PictureFields, Failures.Sessions]);

    /// <param name="own">Fields of the tool beside those that all have.</param>
    public static Shape ShapeWith(params (string, Shape)[] own) =>
        Shape.Object([.. MadeFields, .. SingleFields, .. own, .. Failures.PictureFields, Failures.Sessions]);

    /// <summary>A draft by the parameters that a tool has; <c>auto</c> leaves it to the model.</summary>
    public static GenerationDraft Draft(GivenArguments given) => new()
    {
        Kind = MediaKind.Image,
        Prompt = given.Text("prompt"),
        Quality = Chosen(given.TextOrNull("quality")),
        Size = Chosen(given.TextOrNull("size")),
        Background = Chosen(given.TextOrNull("background")),
    };

    /// <param name="errorType">The tool's own word for faults.</param>
    /// <param name="note">Added to the session's context, the only text for remarks of ours.</param>
    /// <param name="more">Fields of the tool, into the open object of a picture that was made.</param>
    public static async Task<ToolAnswer> AnswerAsync(ToolCall call, Job job, string errorType, Action<Utf8JsonWriter> more, CancellationToken cancel, string note = "")
    {
        var context = await ContextAsync(call, job, cancel);
        return ToolAnswer.AsJsonText(json => Write(json, call, job, context with { Text = context.Text + note }, errorType, more)) with { More = [.. ImageStart.Links(job)] };
    }

    public static void Write(Utf8JsonWriter json, ToolCall call, Job job, PictureContext context, string errorType, Action<Utf8JsonWriter> more)
    {
        if (job.Assets.FirstOrDefault(a => a.Role == AssetRole.Image) is not { } picture || job.Status != JobStatus.Completed)
        {
            Failures.Write(json, job, errorType);
            return;
        }

        var request = job.Request;
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        // Without a copy in the workspace its id names the picture for every tool here.
        json.WriteString("image_path", ImageStart.Path(call, job, picture) ?? job.PublicId);
        json.WriteString("image_generation_id", job.PublicId);
        json.WriteString("revised_prompt", PlainText.Clean(job.Outputs.Count > 0 && job.Outputs[0].RevisedPrompt is { } revised ? revised : request.Prompt, TextParam.LongestText));
        json.WriteString("original_prompt", PlainText.Clean(request.Prompt, TextParam.LongestText));
        json.WriteStartObject("metadata");
        json.WriteString("session_id", (job.SessionId?.ToString()) ?? job.Id.Uuid);
        json.WriteString("model", context.Model);
        json.WriteStartObject("generation_params");
        json.WriteString("quality", request.Quality ?? "auto");
        json.WriteString("size", (request.ScaleTo ?? request.Size)?.ToString() ?? "auto");
        json.WriteString("background", request.Background ?? "auto");
        json.WriteEndObject();
        json.WriteString("created_at", SessionParams.Time(job.CreatedAt));
        WriteWarnings(json, job);
        json.WriteEndObject();
        json.WriteString("session_context", context.Text);
        if (job.SessionId is null)
        {
            json.WriteBoolean("single_shot", true);
            json.WriteString("temporary_session_id", job.Id.Uuid);
        }

        more(json);
        json.WriteEndObject();
    }

    public static async Task<PictureContext> ContextAsync(ToolCall call, Job job, CancellationToken cancel)
    {
        if (job.SessionId is not { } session)
        {
            return new PictureContext(
                "Generated a single image outside of any session; promote_image_to_session goes on from it.", job.Request.AskedModel ?? job.Model);
        }

        var view = await call.Studio.Sessions.GetAsync(call.Client.Caller, session.ToString(), cancel);
        var pictures = view.Turns.Count;
        return new PictureContext(
            FormattableString.Invariant($"Generated image {pictures} in conversation with {Turns(pictures)} turns"), view.Session.AskedModel ?? view.Session.Model);
    }

    /// <summary>As the original counts: the description, then a request and an answer for each picture.</summary>
    public static int Turns(int pictures) => 1 + 2 * pictures;

    /// <summary>What had to be mapped is never silent; the original has no field for it.</summary>
    private static void WriteWarnings(Utf8JsonWriter json, Job job)
    {
        if (job.Warnings.Count == 0)
        {
            return;
        }

        json.WriteStartArray("warnings");
        foreach (var warning in job.Warnings)
        {
            json.WriteStringValue(PlainText.Clean(warning, 300));
        }

        json.WriteEndArray();
    }

    private static string? Chosen(string? word) => word == "auto" ? null : word;
}

/// <summary>What the answer of a picture tells about its conversation.</summary>
/// <param name="Model">As it was asked for.</param>
internal sealed record PictureContext(string Text, string Model);
