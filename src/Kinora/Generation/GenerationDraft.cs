using Kinora.Accounts;
using Kinora.Catalog;
using Kinora.Sessions;

namespace Kinora.Generation;

/// <summary>A request as a door received it: nothing parsed, checked or filled in yet.</summary>
public sealed record GenerationDraft
{
    public MediaKind Kind { get; init; } = MediaKind.Video;

    public Operation Operation { get; init; } = Operation.Create;

    public string? Prompt { get; init; }

    public string? Model { get; init; }

    /// <summary>As written, e.g. <c>1280x720</c>.</summary>
    public string? Size { get; init; }

    public double? Seconds { get; init; }

    public string? NegativePrompt { get; init; }

    public long? Seed { get; init; }

    public bool? Audio { get; init; }

    public ImageSource? FirstFrame { get; init; }

    public ImageSource? LastFrame { get; init; }

    public IReadOnlyList<ImageSource> References { get; init; } = [];

    /// <summary>Ids of characters, as they were given; their pictures come behind <see cref="References"/>.</summary>
    public IReadOnlyList<string> Characters { get; init; } = [];

    /// <summary>A turn of a session that changes its own <see cref="References"/>, and goes on from no earlier picture.</summary>
    public bool FromReferencesOnly { get; init; }

    public ImageSource? Mask { get; init; }

    /// <summary>How many pictures; null for one.</summary>
    public int? Count { get; init; }

    public string? Format { get; init; }

    public string? Quality { get; init; }

    public string? Background { get; init; }

    /// <summary>See <see cref="GenerationRequest.ScaleTo"/>.</summary>
    public FrameSize? ScaleTo { get; init; }

    public string? Instructions { get; init; }

    public bool Analyze { get; init; }

    public SessionId? Session { get; init; }

    public string? UseCase { get; init; }

    /// <summary>Id, in any form, of the job to remix, edit or extend, or of the picture to go on from.</summary>
    public string? SourceId { get; init; }

    /// <summary>A video of the caller's own to edit or extend, in place of <see cref="SourceId"/>.</summary>
    public VideoSource? SourceVideo { get; init; }

    /// <summary>
    /// The session chose <see cref="SourceId"/> (its newest picture at this moment), so it is no part of what was asked: a re-send must find its first job
    /// also when that has made the newest picture meanwhile.
    /// </summary>
    public bool SourceFollows { get; init; }

    /// <summary>A first or last frame of another shape or size than the video is cut and scaled to it; else it is passed on as it is.</summary>
    public bool FitFrames { get; init; }

    /// <summary>
    /// <see cref="Model"/> is a name from before: a <see cref="Size"/> and <see cref="Seconds"/> that were made under it, and that the model which it stands for does not
    /// make, become the nearest that it does, with a warning each.
    /// </summary>
    public bool FitToModel { get; init; }

    /// <summary>A first frame of another size than is asked for is refused.</summary>
    public bool FrameMustMatch { get; init; }

    /// <summary>What the door understood but cannot have done, told with the job; no part of what was asked.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>See <see cref="GenerationRequest.DoorNote"/>.</summary>
    public string? DoorNote { get; init; }

    /// <summary>See <see cref="GenerationRequest.Options"/>.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public decimal? MaxCostUsd { get; init; }

    /// <summary>1 to 255 characters, or null.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// Without a key: an identical request of the same caller within <see cref="GenerationService.RepeatWindow"/> is the first job again while that is not
    /// finished. For doors whose clients send again when they lost an answer.
    /// </summary>
    public bool MergeRepeats { get; init; }

    /// <summary>
    /// The client itself says that it sends this again: an identical request of the same caller within <see cref="GenerationService.ResendWindow"/> is the first
    /// job, whatever has become of that.
    /// </summary>
    public bool Resent { get; init; }
}

/// <summary>A picture as it came in, not looked at yet.</summary>
/// <param name="Field">The name by which its door knows it, for messages: <c>--reference</c>, <c>input_reference</c> …</param>
public abstract record ImageSource(string Field)
{
    /// <summary>A file on this machine that the caller may read.</summary>
    public sealed record LocalFile(string Field, string Path) : ImageSource(Field);

    public sealed record Bytes(string Field, ReadOnlyMemory<byte> Data) : ImageSource(Field);

    /// <summary>A file of the reference folder, by the name a caller gave.</summary>
    public sealed record FolderFile(string Field, string Name) : ImageSource(Field);

    /// <summary>Base64, or a data URL with base64, as it came.</summary>
    public sealed record Encoded(string Field, string Text) : ImageSource(Field);

    /// <summary>An http or https address to fetch it from.</summary>
    public sealed record Link(string Field, string Url) : ImageSource(Field);

    /// <summary>A picture of the caller's that was made here, by its id.</summary>
    public sealed record Made(string Field, string Id) : ImageSource(Field);

    /// <summary>A file that the caller uploaded, by its id.</summary>
    public sealed record Uploaded(string Field, string FileId) : ImageSource(Field);

    /// <summary>A file of the workspace folder, by the name a caller gave.</summary>
    public sealed record WorkspaceFile(string Field, string Name) : ImageSource(Field);

    /// <summary>A picture that is in the store already.</summary>
    public sealed record Kept(string Field, InputImage Picture) : ImageSource(Field);
}

/// <summary>A video as it came in, not looked at yet.</summary>
/// <param name="Field">The name by which its door knows it, for messages.</param>
/// <param name="Path">A file on this machine that the caller may read; it is copied.</param>
public sealed record VideoSource(string Field, string Path);

/// <summary>Who asks.</summary>
/// <param name="UserId">Owner of what is made.</param>
public sealed record Caller(string UserId)
{
    /// <summary>The API key he came with, where that has limits of its own.</summary>
    public LimitedKey? Key { get; init; }

    /// <summary>The user of the command line and of single-user mode.</summary>
    public static readonly Caller Local = new("local");
}

/// <summary>An API key with limits of its own.</summary>
/// <param name="Id"><c>key_…</c>, no secret.</param>
public sealed record LimitedKey(string Id, KeyLimits Limits);
