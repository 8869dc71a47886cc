using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.Runway;

/// <summary>How a model is told its frame when it starts from a picture.</summary>
internal enum PictureFrame
{
    /// <summary>As without a picture.</summary>
    AsAsked,

    /// <summary>The picture's shape; only <c>resolution</c> is said.</summary>
    Resolution,

    /// <summary>The picture's shape; <c>ratio</c> is <c>auto_720p</c>.</summary>
    Auto,
}

/// <summary>A model's row in the catalogue, and what its requests look like.</summary>
internal sealed record RunwayModel(ModelInfo Info)
{
    /// <summary>It makes videos from words alone.</summary>
    public bool FromText { get; init; } = true;

    /// <summary>The frames it makes from words, where they are fewer than those of its row.</summary>
    public IReadOnlyList<FrameSize>? TextSizes { get; init; }

    /// <summary>Its words for frames; null where <c>ratio</c> is a pair of pixels.</summary>
    public FrameTable? Words { get; init; }

    /// <summary>Its words for how large a frame is where <c>ratio</c> does not say so: the shorter side.</summary>
    public IReadOnlyList<int> Sides { get; init; } = [];

    /// <summary>It has no <c>ratio</c> at all.</summary>
    public bool SidesOnly { get; init; }

    public PictureFrame FromPicture { get; init; }

    /// <summary>The field for a video it starts from; null when it starts from none.</summary>
    public string? VideoField { get; init; }

    /// <summary>What it does with that video is a field, <c>mode</c>.</summary>
    public bool Modes { get; init; }

    /// <summary>An edit wants <c>duration: "auto"</c>.</summary>
    public bool AutoEdits { get; init; }
}
