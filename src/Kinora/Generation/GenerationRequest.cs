using System.Text.Json.Serialization;
using Kinora.Catalog;
using Kinora.Jobs;

namespace Kinora.Generation;

/// <summary>What a job makes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MediaKind>))]
public enum MediaKind
{
    Video,
    Image,
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

    /// <summary>Length in seconds: of the whole clip, or of the part appended by <see cref="Operation.Extend"/>; null for the model's default.</summary>
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

    /// <summary>PNG whose alpha tells where an image edit may paint.</summary>
    public InputImage? Mask { get; init; }

    /// <summary>The job that is remixed, edited or extended.</summary>
    public JobId? Source { get; init; }

    /// <summary>Image format <c>png | jpeg | webp</c>; null for png.</summary>
    public string? Format { get; init; }

    /// <summary>Refuse before paying when the estimate is higher, or unknown. US dollars.</summary>
    public decimal? MaxCostUsd { get; init; }
}

/// <summary>A picture that passed the reference validator and lies, re-encoded and free of metadata, in our store.</summary>
/// <param name="Sha256">Lower-case hex hash of the stored bytes; also their name in the store.</param>
public sealed record InputImage(string Sha256, string MimeType, int Width, int Height);
