using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinora.Images;

/// <summary>
/// The notes beside a picture in the workspace, with the field names that the original image server wrote. They tell enough to go on from the picture when the
/// database is gone.
/// </summary>
public sealed record PictureNotes
{
    public string? OriginalPrompt { get; init; }

    /// <summary>As the model rewrote it; null when it did not say.</summary>
    public string? RevisedPrompt { get; init; }

    public string? Model { get; init; }

    public PictureParams? GenerationParams { get; init; }

    public string? SessionId { get; init; }

    public string? SessionName { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The same moment under the name that older files have.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Our id of the picture.</summary>
    public string? GenerationId { get; init; }

    /// <summary>The provider's id of it, where it gave one.</summary>
    public string? GenerationCallId { get; init; }

    public long FileSizeBytes { get; init; }

    public string? UseCase { get; init; }

    /// <summary>Name in the workspace folder.</summary>
    public string? ImagePath { get; init; }

    /// <summary>Turns of the session so far, this one included; 0 outside of sessions.</summary>
    public int ConversationLength { get; init; }

    /// <summary>Lower-case hex, of the picture file.</summary>
    public string? Sha256 { get; init; }

    public string? MimeType { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }
}

/// <summary>What was asked of the model beside the words.</summary>
public sealed record PictureParams(string Quality, string Size, string Background, string Format, string Style = "default");

/// <summary>The whole conversation of a session, written anew after each turn.</summary>
public sealed record ConversationLog
{
    public required string SessionId { get; init; }

    public string? SessionName { get; init; }

    public required string Description { get; init; }

    public required string Model { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastActivity { get; init; }

    public IReadOnlyList<ConversationTurn> Turns { get; init; } = [];
}

/// <summary>One turn that came to a picture.</summary>
/// <param name="FromImage">The picture it went on from.</param>
/// <param name="ImagePaths">Names in the workspace folder.</param>
public sealed record ConversationTurn(
    int Turn, DateTimeOffset At, string Prompt, string? RevisedPrompt, string? Remarks, string? FromImage, IReadOnlyList<string> ImageIds, IReadOnlyList<string> ImagePaths);

/// <summary>How they are written: for people too.</summary>
[JsonSerializable(typeof(PictureNotes))]
[JsonSerializable(typeof(ConversationLog))]
public sealed partial class WorkspaceJson : JsonSerializerContext
{
    /// <summary>Letters of every script as they are: these files are no part of any page.</summary>
    public static WorkspaceJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
