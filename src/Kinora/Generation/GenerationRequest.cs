using System.Text.Json.Serialization;
using Kinora.Catalog;
using Kinora.Characters;
using Kinora.Jobs;
using Kinora.Sessions;

namespace Kinora.Generation;

/// <summary>What a job makes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MediaKind>))]
public enum MediaKind
{
    Video,
    Image,
}

/// <summary>The kinds' words.</summary>
public static class MediaKinds
{
    /// <summary><c>video</c> or <c>image</c>: stored, and used in sentences.</summary>
    public static string Word(this MediaKind kind) => kind == MediaKind.Video ? "video" : "image";
}

/// <summary>How a job relates to an earlier one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Operation>))]
public enum Operation
{
    /// <summary>From a prompt (and pictures) alone.</summary>
    Create,

    /// <summary>The source again, with a new prompt and the same look.</summary>
    Remix,

    /// <summary>The source with a change applied.</summary>
    Edit,

    /// <summary>The source with seconds appended.</summary>
    Extend,

    /// <summary>A new clip whose first frame is the source's last one. For a provider it is a create like any other.</summary>
    Continue,

    /// <summary>
    /// A new clip that begins with the source's true last frame, joined behind it: the result is the whole. What <see cref="Extend"/> becomes where the model
    /// has no extension of its own; nobody asks for it by name. For a provider it is a create like any other.
    /// </summary>
    Append,
}

/// <summary>
/// What someone wants made, in our own words. Doors build it from foreign ones; the catalogue's rules check it;
/// it is stored with the job as it was asked, with defaults filled in.
/// </summary>
public sealed record GenerationRequest
{
    public MediaKind Kind { get; init; } = MediaKind.Video;

    public Operation Operation { get; init; } = Operation.Create;

    /// <summary>1 to 32,000 characters.</summary>
    public required string Prompt { get; init; }

    /// <summary>A model id, an alias, or null for the default model. Stored resolved.</summary>
    public string? Model { get; init; }

    /// <summary>The name the model was asked by, where it is another: an alias. Null in a request that is not resolved yet.</summary>
    public string? AskedModel { get; init; }

    /// <summary>Pixels; null for the model's default.</summary>
    public FrameSize? Size { get; init; }

    /// <summary>Length in seconds: of the whole clip, or of the new part where one is extended; null for the model's default.</summary>
    public double? Seconds { get; init; }

    public string? NegativePrompt { get; init; }

    public long? Seed { get; init; }

    /// <summary>True or false to ask for a sound track or none; null for what the model does by itself.</summary>
    public bool? Audio { get; init; }

    /// <summary>The picture that is the first frame.</summary>
    public InputImage? FirstFrame { get; init; }

    /// <summary>The picture that is the last frame.</summary>
    public InputImage? LastFrame { get; init; }

    /// <summary>Pictures to be guided by (video), or to be changed (image).</summary>
    public IReadOnlyList<InputImage> References { get; init; } = [];

    /// <summary>Who shall be seen in the video. The last of <see cref="References"/> are their pictures, one of each.</summary>
    public IReadOnlyList<CastMember> Characters { get; init => field = value ?? []; } = []; // Jobs of before there were any have none written.

    /// <summary>Picture whose transparent part tells where an image edit may paint; of the size of the first picture that is changed.</summary>
    public InputImage? Mask { get; init; }

    /// <summary>The job that is remixed, edited, extended or continued; of a picture: the one it goes on from.</summary>
    public JobId? Source { get; init; }

    /// <summary>Which of the source's pictures; 0 for the first.</summary>
    public int SourceIndex { get; init; }

    /// <summary>
    /// The file that is edited or extended, kept with the request: what a caller sent, or that of <see cref="Source"/>, which may be deleted while it is needed.
    /// </summary>
    public InputVideo? SourceVideo { get; init; }

    /// <summary>How many pictures.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Image format, one of <see cref="ImageWords.Formats"/>; null for png.</summary>
    public string? Format { get; init; }

    /// <summary>One of <see cref="ImageWords.Qualities"/>; null leaves it to the model.</summary>
    public string? Quality { get; init; }

    /// <summary>One of <see cref="ImageWords.Backgrounds"/>; null leaves it to the model.</summary>
    public string? Background { get; init; }

    /// <summary>A size the finished picture is brought to (cut to shape, then scaled), where the model does not make it; null for none.</summary>
    public FrameSize? ScaleTo { get; init; }

    /// <summary>What holds for every turn of the conversation this belongs to; told to the model beside the prompt.</summary>
    public string? Instructions { get; init; }

    /// <summary>The model shall first say what it sees and what should change; its words come with the result.</summary>
    public bool Analyze { get; init; }

    /// <summary>The image session this is a turn of.</summary>
    public SessionId? Session { get; init; }

    /// <summary>What the picture is for, a key of <see cref="ImageWords.UseCases"/>: decides where it lies in the workspace. Null for general.</summary>
    public string? UseCase { get; init; }

    /// <summary>
    /// What the door that took the request tells again whenever it is asked about the job, in words of its own (JSON): labels, names that mean nothing here. It
    /// changes nothing of what is made.
    /// </summary>
    public string? DoorNote { get; init; }

    /// <summary>Wishes that only some models know (<see cref="ModelOption"/>), by name, as text; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    /// <summary>Refuse before paying when the estimate is higher, or unknown. US dollars.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>It starts from a video that was not made here.</summary>
    [JsonIgnore]
    public bool StartsFromUpload => SourceVideo is not null && Source is null;
}

/// <summary>A picture that passed the reference validator and lies, re-encoded and free of metadata, in our store.</summary>
/// <param name="Sha256">Lower-case hex hash of the stored bytes; also their name in the store.</param>
/// <param name="Alpha">It can be transparent.</param>
public sealed record InputImage(string Sha256, string MimeType, int Width, int Height, bool Alpha = false);

/// <summary>A video that was looked into and lies in our store as it came.</summary>
/// <param name="Sha256">Lower-case hex hash of its bytes; also its name in the store.</param>
/// <param name="Width">As shown.</param>
/// <param name="Seconds">Length of the video stream.</param>
public sealed record InputVideo(string Sha256, string MimeType, int Width, int Height, double Seconds);
